import type { Call } from './invocation.ts';

/** Filters that say when a film is from: one way of saying it takes the place of the others. */
const YEARS = ['from', 'to', 'decade'];

/**
 * The arguments of a list with filters added. Genres come together, the later word on a genre being the one that
 * counts; any other filter takes the place of the one before it.
 */
export function addFilters(args: Call['args'], added: Call['args']): Call['args'] {
  const dated = YEARS.some((name) => name in added);
  const kept = Object.entries(args).filter(([name]) => !(dated && YEARS.includes(name)));
  const genre = [args.genre, added.genre].filter(Boolean).join(',');
  return { ...Object.fromEntries(kept), ...added, ...(genre && { genre: lastWords(genre) }) };
}

function lastWords(genres: string): string {
  const words = new Map<string, string>();
  for (const word of genres.split(',').map((each) => each.trim())) {
    const name = word.replace(/^-\s*/u, '');
    words.delete(name);
    words.set(name, word);
  }
  return [...words.values()].join(',');
}
