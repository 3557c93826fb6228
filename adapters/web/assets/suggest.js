/** Time between two keys after which a person has paused, in milliseconds. */
const PAUSE = 70;
const SHOWN = 7;

let count = 0;

/** Turns an input into a combobox (ARIA 1.2, list with manual selection) over the titles of the catalogue. */
export function suggestFor(input) {
  const list = document.createElement('ul');
  list.id = `suggestions-${++count}`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.dataset.list);
  list.hidden = true;
  input.closest('.box').append(list);
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
  }))
    input.setAttribute(name, value);

  let active = -1;
  let timer;
  let asking;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    activate(-1);
    input.setAttribute('aria-expanded', 'false');
  };
  const activate = (index) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = index;
    const option = list.children[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const show = (options) => {
    list.replaceChildren(...options);
    for (const [index, option] of options.entries()) option.id = `${list.id}-${index}`;
    list.hidden = options.length === 0;
    input.setAttribute('aria-expanded', String(options.length > 0));
    activate(-1);
  };
  const ask = async () => {
    const typed = input.value.trim();
    asking?.abort();
    if (typed.length < 2 || typed.startsWith('/')) return close();
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed.slice(0, 500), limit: String(SHOWN) });
      const response = await fetch(`/api/v1/titles?${query}`, { signal: asking.signal });
      if (!response.ok) return close();
      const { candidates } = await response.json();
      const best = candidates[0]?.score ?? 0;
      const options = candidates
        .filter(({ score }) => score > best / 3)
        .map((each) => titleOption(each, typed));
      if (input.dataset.suggest === 'stories') options.push(storyOption(input, typed));
      show(options);
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };
  const choose = (option) => {
    close();
    if (option.dataset.id) go(input, option.dataset.id);
    else location.href = `/?${new URLSearchParams({ q: input.value.trim(), by: 'story' })}`;
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener('keydown', (event) => {
    const last = list.children.length - 1;
    const open = !list.hidden;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      if (open) activate(active >= last ? -1 : active + 1);
      else ask();
    } else if (event.key === 'ArrowUp' && open) {
      event.preventDefault();
      activate(active < 0 ? last : active - 1);
    } else if (event.key === 'Enter' && open && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener('blur', close);
  // The list keeps the focus in the input; a finger may still scroll it.
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) choose(option);
  });
}

/** From the big box to the movie's list; from the blend's box the movie joins the form it is in. */
function go(input, id) {
  if (input.name === 'q') {
    location.href = `/?like=${encodeURIComponent(id)}`;
    return;
  }
  const fields = new URLSearchParams(new FormData(input.form));
  fields.delete(input.name);
  fields.set('like', [fields.get('like'), id].filter(Boolean).join(','));
  location.href = `/?${fields}`;
}

/** With another of its titles where that is what was typed. */
function titleOption({ id, title, label, year, aka }, typed) {
  const option = element('li', { role: 'option', 'aria-selected': 'false' });
  option.dataset.id = id;
  option.append(element('b', {}, label));
  if (year) option.append(element('span', { class: 'year' }, String(year)));
  const has = (text) => folded(text).includes(folded(typed));
  const other = has(label) ? undefined : [title, ...aka].find(has);
  if (other) option.append(element('span', { class: 'aka' }, other));
  return option;
}

/** Case and accents aside. */
function folded(text) {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function storyOption(input, typed) {
  const short = typed.length > 60 ? `${typed.slice(0, 59)}…` : typed;
  const text = input.dataset.story.replace('#', () => short);
  return element('li', { role: 'option', 'aria-selected': 'false', class: 'as-story' }, text);
}

function element(name, attributes, text = '') {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
