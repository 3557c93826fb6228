/*
 * Comfort on a page that works without it: suggestions while typing, more of the list in place, the map.
 * What is shown and in which words is decided by the server.
 */
import { suggestFor } from './suggest.js';

for (const input of document.querySelectorAll('input[data-suggest]')) suggestFor(input);

/* A poster that does not load leaves the drawn one to be seen; some have failed before this is read. */
for (const image of document.querySelectorAll('.tile img'))
  if (image.complete && image.naturalWidth === 0) image.remove();
document.addEventListener(
  'error',
  (event) => {
    if (event.target instanceof HTMLImageElement) event.target.remove();
  },
  true,
);

/* "Show more" adds to the list where it ends; the address then holds the longer list. */
document.addEventListener('click', async (event) => {
  const more = event.target instanceof Element && event.target.closest('#more');
  if (!more || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (more.ariaBusy === 'true') return;
  more.ariaBusy = 'true';
  try {
    const response = await fetch(more.href);
    if (!response.ok) throw new Error(String(response.status));
    const next = new DOMParser().parseFromString(await response.text(), 'text/html');
    const list = document.querySelector('#list');
    // By what they are: an import may have put others in between since.
    const added = [...next.querySelectorAll('#list > li')].filter(({ id }) => !document.getElementById(id));
    list.append(...added);
    document.querySelector('.more').replaceWith(next.querySelector('.more'));
    history.replaceState(history.state, '', more.href);
    added[0]?.querySelector('h3 a')?.focus({ preventScroll: true });
  } catch {
    location.href = more.href;
  }
});

/* Empty fields say nothing: they stay out of the address. */
document.addEventListener('submit', (event) => {
  for (const field of event.target.elements)
    if (field.name && !field.value && field.type !== 'submit') field.disabled = true;
});
addEventListener('pageshow', () => {
  for (const field of document.querySelectorAll(':disabled')) field.disabled = false;
});

/* The tile that was pressed becomes the one at the top of the next page. */
addEventListener('pageswap', (event) => {
  const to = event.viewTransition && new URL(event.activation?.entry?.url ?? location.href);
  if (!to) return;
  const id = to.searchParams.get('like');
  const tile = id && document.querySelector(`#m-${CSS.escape(id)} .poster`);
  if (!tile) return;
  for (const seed of document.querySelectorAll('.seed-tile')) seed.style.viewTransitionName = 'none';
  tile.style.viewTransitionName = 'seed';
  event.viewTransition.finished.finally(() => {
    tile.style.viewTransitionName = '';
    for (const seed of document.querySelectorAll('.seed-tile')) seed.style.viewTransitionName = '';
  });
});

/* "/" goes to the box, as on many pages. */
addEventListener('keydown', (event) => {
  const typing = event.target instanceof Element && event.target.closest('input, select, textarea');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  document.querySelector('#q')?.focus();
});

if (document.querySelector('[data-rate], #foryou'))
  import('./taste.js').then(({ tasteOf }) => tasteOf(document));

const frame = document.querySelector('[data-map]');
if (frame) import('./map.js').then(({ drawMap }) => drawMap(frame));
