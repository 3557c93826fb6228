import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { Film } from './corpus.ts';
import type { Engine } from './measure.ts';

const ANSWERS = 10;

/** Fuse.js alone, over every title as it is. */
export function fuseAlone(films: readonly Film[]): Engine {
  const entries = films.flatMap((film) => film.titles.map((title) => ({ title, number: film.number })));
  const fuse = new Fuse(entries, {
    keys: ['title'],
    includeScore: true,
    threshold: 0.5,
    ignoreLocation: true,
  });
  return (text) => answerOf(fuse.search(text, { limit: ANSWERS }).map(({ item }) => item));
}

/** MiniSearch: words with fuzziness and prefixes, votes as a boost of its own kind. */
export function miniSearch(films: readonly Film[]): Engine {
  const index = new MiniSearch<{ id: number; title: string; votes: number }>({
    fields: ['title'],
    storeFields: ['title', 'votes'],
    searchOptions: {
      fuzzy: 0.2,
      prefix: true,
      combineWith: 'OR',
      boostDocument: (_id, _term, stored) => 1 + Math.log10(1 + Number(stored?.votes ?? 0)) / 5,
    },
  });
  index.addAll(films.map((film) => ({ id: film.number, title: film.titles.join(' | '), votes: film.votes })));
  return (text) =>
    answerOf(
      index
        .search(text)
        .slice(0, ANSWERS)
        .map((found) => ({ number: found.id, title: String(found.title) })),
    );
}

/** They say nothing of when to ask: the first counts as taken. */
function answerOf(found: readonly { number: number; title: string }[]): ReturnType<Engine> {
  const [first] = found;
  const numbers = [...new Set(found.map((each) => each.number))];
  return { outcome: first ? 'match' : 'none', numbers, ...(first && { title: first.title }) };
}
