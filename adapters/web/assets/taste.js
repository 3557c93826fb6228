/*
 * What is rated on the page stays in this browser: it is sent only to be answered, and kept nowhere else.
 */
const KEY = 'kindred-ratings';
const MOST = 2000;
/** What a thumb stands for. */
const THUMBS = { good: 4.5, bad: 1.5 };

/** The newest first: `{ id, stars? }`, without stars where it was only seen, or `{ id, notThis }`. */
function ratings() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(({ id }) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    if (list.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(list.slice(0, MOST)));
  } catch {
    // A browser that keeps nothing: what was pressed holds until the page is left.
  }
}

function saidOf({ stars, notThis }) {
  if (notThis) return 'not';
  if (stars === undefined) return 'seen';
  return Object.keys(THUMBS).find((say) => THUMBS[say] === stars);
}

/** Shows the ways to rate, which without a script would do nothing, and what was said. */
function show(root = document) {
  const all = new Map(ratings().map((each) => [each.id, each]));
  for (const group of root.querySelectorAll('[data-rate]')) {
    group.hidden = false;
    const rating = all.get(group.dataset.rate);
    const said = rating && saidOf(rating);
    for (const button of group.querySelectorAll('[data-say]'))
      button.ariaPressed = String(said === button.dataset.say);
    const stars = group.querySelector('[data-stars]');
    stars.value = rating?.stars ?? '';
    stars.classList.toggle('on', stars.value !== '');
  }
}

/** Says it of the film that this stands under; without anything said, takes back what was. */
function rate(control, said) {
  const { rate: id } = control.closest('[data-rate]').dataset;
  const others = ratings().filter((each) => each.id !== id);
  keep(said ? [{ id, ...said }, ...others] : others);
  show();
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest('[data-say]');
  if (!button) return;
  const { say } = button.dataset;
  const said = say === 'not' ? { notThis: true } : THUMBS[say] ? { stars: THUMBS[say] } : {};
  rate(button, button.ariaPressed === 'true' ? undefined : said);
});
document.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement) || !target.matches('[data-stars]')) return;
  rate(target, target.value ? { stars: Number(target.value) } : undefined);
});
addEventListener('storage', ({ key }) => key === KEY && show());

/** Films for whoever rates here, drawn from what the API tells. */
async function recommend(place) {
  const [list, status] = [place.querySelector('ol'), place.querySelector('[role=status]')];
  const given = ratings();
  place.querySelector('[data-forget]').hidden = given.length === 0;
  list.replaceChildren();
  if (given.length === 0) {
    status.textContent = place.dataset.empty;
    return;
  }
  try {
    const response = await fetch('/api/v1/foryou', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ratings: given, limit: 20 }),
    });
    if (!response.ok) throw new Error(String(response.status));
    const { results, notes } = await response.json();
    status.textContent = notes.join(' ');
    list.append(...results.map((result) => drawn(place, result)));
    show(list);
  } catch {
    status.textContent = place.dataset.failed;
  }
}

function drawn(place, { movie, label, reasons }) {
  const item = place.querySelector('template').content.cloneNode(true);
  const link = item.querySelector('a');
  link.href = `/?like=${encodeURIComponent(movie.id)}`;
  link.textContent = label;
  item.querySelector('.year').textContent = movie.year ?? '';
  item.querySelector('.reason').textContent = reasons.map(({ text }) => text).join(' · ');
  item.querySelector('.facts').textContent = movie.directors.slice(0, 2).join(', ');
  item.querySelector('.overview').textContent = movie.overview ?? '';
  const group = item.querySelector('[data-rate]');
  group.dataset.rate = movie.id;
  group.querySelector('[data-stars]').ariaLabel += label;
  for (const name of group.querySelectorAll('.hidden')) name.textContent = `: ${label}`;
  return item;
}

export function tasteOf(page) {
  show(page);
  const list = page.querySelector('#list');
  if (list) new MutationObserver(() => show(list)).observe(list, { childList: true });
  const place = page.querySelector('#foryou');
  if (!place) return;
  place.querySelector('[data-forget]').addEventListener('click', () => {
    keep([]);
    recommend(place);
  });
  recommend(place);
}
