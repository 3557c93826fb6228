const SVG = 'http://www.w3.org/2000/svg';
const MIN_SCALE = 0.6;
const MAX_SCALE = 8;
const MAX_STRETCH = 1.7;
/** A press that moved no further than this is a click, in pixels. */
const STILL = 5;
/** Colours in the style sheet (`.g0` …). */
const COLOURS = 7;
/** Characters of a label; the card has the whole title. */
const LABEL = 26;
/** Half the width of a character and the height of a line of a label, in pixels, and air around it. */
const LETTER = 3.9;
const LINE = 16;
const AIR = 3;

/** Draws the neighbourhood of a movie from the API: pan, zoom, and on to another movie. */
export async function drawMap(frame) {
  try {
    const response = await fetch(`/api/v1/map?id=${encodeURIComponent(frame.dataset.map)}&limit=80`);
    if (!response.ok) throw new Error(String(response.status));
    const { points } = await response.json();
    new NeighbourMap(frame, points);
  } catch {
    frame.replaceChildren(Object.assign(document.createElement('p'), { textContent: frame.dataset.failed }));
  }
}

class NeighbourMap {
  #frame;
  #root = svg('svg', { role: 'group' });
  #nodes;
  #rings;
  #scale = 1;
  #x = 0;
  #y = 0;
  #size = { width: 1, height: 1 };
  #card;
  /** Names of the genres in the reader's language. */
  #genres;

  constructor(frame, points) {
    this.#frame = frame;
    this.#root.setAttribute('aria-label', frame.closest('.map').getAttribute('aria-label'));
    // The nearest come first for the keyboard; labels lie above every dot.
    const ordered = points.toSorted((a, b) => b.score - a.score);
    this.#rings = [0.33, 0.66, 1].map((r) => ({ r, drawn: svg('ellipse', { class: 'ring' }) }));
    const colours = coloursOf(points);
    this.#genres = JSON.parse(frame.dataset.genres);
    this.#nodes = ordered.map((point) => ({
      point,
      ...node(point, frame.dataset.map, colours, this.#match(point)),
    }));
    const labels = svg('g', { 'aria-hidden': 'true' });
    labels.append(...this.#nodes.map(({ label }) => label).reverse());
    this.#root.append(
      ...this.#rings.map(({ drawn }) => drawn),
      ...this.#nodes.map(({ link }) => link),
      labels,
    );
    frame.replaceChildren(this.#root);
    this.#card = Object.assign(document.createElement('div'), { className: 'map-card', hidden: true });
    frame.append(this.#card);
    frame.parentElement.after(legend(colours, this.#genres));
    this.#listen();
    new ResizeObserver(() => this.#draw()).observe(frame);
    this.#draw();
  }

  #draw() {
    const { width, height } = this.#frame.getBoundingClientRect();
    this.#size = { width, height };
    this.#root.setAttribute('viewBox', `${-width / 2} ${-height / 2} ${width} ${height}`);
    const unit = this.#unit();
    for (const { r, drawn } of this.#rings)
      set(drawn, { cx: this.#x, cy: this.#y, rx: r * unit.x, ry: r * unit.y });
    const placed = this.#nodes.map((each) => ({
      ...each,
      x: each.point.x * unit.x + this.#x,
      y: each.point.y * unit.y + this.#y,
    }));
    // Labels go to the most alike first, below the dot or above it; one that would cover something waits for more zoom.
    const taken = placed.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
    for (const [index, { x, y, link, label, radius }] of placed.entries()) {
      for (const part of [link, label])
        part.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      const half = label.textContent.length * LETTER + AIR;
      const free = [radius + 1, -radius - 1 - LINE].find((top) => {
        const box = [x - half, y + top, x + half, y + top + LINE];
        const fits = taken.every(
          ([l, t, r, b], other) => other === index || box[2] < l || box[0] > r || box[3] < t || box[1] > b,
        );
        if (fits) taken.push(box);
        return fits;
      });
      label.classList.toggle('far', free === undefined);
      if (free !== undefined) label.setAttribute('y', free + LINE - AIR);
    }
  }

  /** Pixels to a unit of the map: it fills the frame, but is not stretched beyond recognition. */
  #unit() {
    const { width, height } = this.#size;
    const half = (long, short) => (Math.min(long, short * MAX_STRETCH) / 2 - 36) * this.#scale;
    return { x: half(width, height), y: half(height, width) };
  }

  /** Zooms about a place of the frame, in pixels from its centre. */
  #zoom(factor, at = { x: 0, y: 0 }) {
    const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, this.#scale * factor));
    const real = scale / this.#scale;
    this.#x = at.x - (at.x - this.#x) * real;
    this.#y = at.y - (at.y - this.#y) * real;
    this.#scale = scale;
    this.#draw();
  }

  #pan(dx, dy) {
    this.#x += dx;
    this.#y += dy;
    this.#draw();
  }

  #reset() {
    this.#scale = 1;
    this.#x = 0;
    this.#y = 0;
    this.#draw();
  }

  #listen() {
    const pointers = new Map();
    let moved = 0;
    const place = ({ clientX, clientY }) => {
      const { left, top, width, height } = this.#frame.getBoundingClientRect();
      return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
    };
    this.#frame.addEventListener('pointerdown', (event) => {
      pointers.set(event.pointerId, place(event));
      moved = 0;
    });
    this.#frame.addEventListener('pointermove', (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = place(event);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const spread = (point) => Math.max(20, Math.hypot(point.x - other.x, point.y - other.y));
        this.#zoom(spread(now) / spread(before), other);
      } else this.#pan(now.x - before.x, now.y - before.y);
      moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (moved > STILL) this.#frame.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, now);
    });
    for (const end of ['pointerup', 'pointercancel'])
      this.#frame.addEventListener(end, (event) => pointers.delete(event.pointerId));
    // A press that ended a drag is no click; one from the keyboard (detail 0) always is.
    this.#frame.addEventListener(
      'click',
      (event) => event.detail > 0 && moved > STILL && event.preventDefault(),
      true,
    );
    this.#frame.addEventListener('dragstart', (event) => event.preventDefault());
    this.#frame.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        this.#zoom(1.0016 ** -event.deltaY, place(event));
      },
      { passive: false },
    );
    this.#frame.addEventListener('keydown', (event) => {
      const step = 60;
      const action = {
        '+': () => this.#zoom(1.4),
        '=': () => this.#zoom(1.4),
        '-': () => this.#zoom(1 / 1.4),
        0: () => this.#reset(),
        ArrowLeft: () => this.#pan(step, 0),
        ArrowRight: () => this.#pan(-step, 0),
        ArrowUp: () => this.#pan(0, step),
        ArrowDown: () => this.#pan(0, -step),
      }[event.key];
      if (!action || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      action();
    });
    const tools = this.#frame.parentElement.querySelector('.map-tools');
    tools.hidden = false;
    tools.addEventListener('click', (event) => {
      const zoom = event.target.closest('[data-zoom]')?.dataset.zoom;
      if (zoom === 'all') this.#reset();
      else if (zoom) this.#zoom(zoom === 'in' ? 1.5 : 1 / 1.5);
    });
    for (const { point, link } of this.#nodes) {
      for (const event of ['pointerenter', 'focus']) link.addEventListener(event, () => this.#tell(point));
      for (const event of ['pointerleave', 'blur']) link.addEventListener(event, () => this.#tell());
      // A node reached by the keyboard is brought into view.
      link.addEventListener('focus', () => link.matches(':focus-visible') && this.#show(point));
    }
  }

  #show(point) {
    const { width, height } = this.#size;
    const unit = this.#unit();
    const [x, y] = [point.x * unit.x + this.#x, point.y * unit.y + this.#y];
    if (Math.abs(x) < width / 2 - 40 && Math.abs(y) < height / 2 - 40) return;
    this.#x -= x;
    this.#y -= y;
    this.#draw();
  }

  #tell(point) {
    this.#card.hidden = !point;
    if (!point) return;
    const { movie } = point;
    const title = document.createElement('strong');
    title.textContent = nameOf(point);
    const facts = document.createElement('p');
    const genres = movie.genres.slice(0, 3).map((genre) => this.#genres[genre]);
    facts.textContent = [this.#match(point), ...genres, movie.directors[0]].filter(Boolean).join(' · ');
    this.#card.replaceChildren(title, facts);
  }

  /** "85 % match", in the reader's language. */
  #match({ score }) {
    return this.#frame.dataset.match.replace('#', () => String(Math.round(score * 100)));
  }
}

function nameOf({ movie, label }) {
  return movie.year ? `${label} (${movie.year})` : label;
}

function node(point, seed, colours, match) {
  const { movie, score } = point;
  const isSeed = movie.id === seed;
  const radius = isSeed ? 15 : 5 + 8 * score ** 2;
  const link = svg('a', {
    href: isSeed ? location.href : onTo(movie.id),
    class: isSeed ? 'center' : (colours.get(movie.genres[0]) ?? 'other'),
  });
  const label = svg('text', { 'text-anchor': 'middle', class: isSeed ? 'center' : '' });
  label.textContent =
    point.label.length > LABEL ? `${point.label.slice(0, LABEL - 1).trimEnd()}…` : point.label;
  link.setAttribute('aria-label', `${nameOf(point)}, ${match}`);
  link.append(svg('circle', { r: radius }));
  return { link, label, radius };
}

/** The address of the movie's own map, with the way back. */
function onTo(id) {
  const now = new URLSearchParams(location.search);
  const via = [now.get('via'), now.get('like')].filter(Boolean).join(',').split(',').slice(-6);
  return `/?${new URLSearchParams({ like: id, view: 'map', via: via.filter((each) => each !== id).join(',') })}`;
}

/** The commonest first genres of the neighbourhood, each with a colour, so that clusters are seen. */
function coloursOf(points) {
  const counts = new Map();
  for (const { movie } of points)
    if (movie.genres[0]) counts.set(movie.genres[0], (counts.get(movie.genres[0]) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, COLOURS);
  return new Map(common.map(([genre], index) => [genre, `g${index}`]));
}

function legend(colours, genres) {
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const [genre, name] of colours) {
    const item = document.createElement('li');
    item.className = name;
    item.textContent = genres[genre];
    list.append(item);
  }
  return list;
}

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  return made;
}

function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
