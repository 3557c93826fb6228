import { genresOf } from '../catalogue/genres.ts';
import type { Call } from './invocation.ts';

/**
 * What a reply such as "but from the 80s, no horror" adds to the list it answers: filters as arguments. Undefined
 * where anything in it is not understood as a filter: then it is words of its own, a film's name perhaps.
 */
export function readRefinement(text: string): Call['args'] | undefined {
  const args: Record<string, string> = {};
  const genres: string[] = [];
  const phrases = text
    .toLowerCase()
    .replaceAll(/[.!?]+$/gu, '')
    .split(/\s*(?:,|;|\band\b|\bbut\b)\s*/u)
    .filter(Boolean);
  for (const phrase of phrases) {
    const found = readPhrase(phrase.replaceAll(/^(?:only|please|just)\s+|\s+(?:only|please)$/gu, ''));
    if (!found) return undefined;
    if ('genre' in found) genres.push(found.genre);
    else Object.assign(args, found.args);
  }
  if (genres.length > 0) args.genre = genres.join(',');
  return Object.keys(args).length > 0 ? args : undefined;
}

type Read = { readonly args: Record<string, string> } | { readonly genre: string };

/** Patterns of what people write, each with the arguments it stands for. */
const PHRASES: readonly [RegExp, (...found: string[]) => Record<string, string>][] = [
  [/^(?:from )?(?:the )?((?:19|20)?\d0)['’]?s$/u, (decade) => ({ decade: `${decade}s` })],
  [/^(?:from|since|after) (\d{4})(?: on(?:wards)?)?$/u, (from) => ({ from })],
  [/^(?:to|until|before|up to) (\d{4})$/u, (to) => ({ to })],
  [/^(?:from |between )?(\d{4})\s*(?:-|–|to)\s*(\d{4})$/u, (from, to) => ({ from, to })],
  [/^(?:in |from )?(\d{4})$/u, (year) => ({ from: year, to: year })],
  [
    /^(?:shorter than|under|at most|less than|max(?:imum)?) (\d{2,3}) ?(?:m(?:in(?:utes?)?)?)?$/u,
    (runtime) => ({ runtime }),
  ],
  [
    /^(?:longer than|over|at least|more than) (\d{2,3}) ?(?:m(?:in(?:utes?)?)?)?$/u,
    (runtime) => ({ runtime: `${runtime}-` }),
  ],
  [/^(?:series|shows?)$/u, () => ({ kind: 'show' })],
  [/^(?:films?|movies?)$/u, () => ({ kind: 'movie' })],
  [/^(?:hidden gems?|less known|unknown)$/u, () => ({ popularity: 'low' })],
  [/^in ([a-z]{4,20})$/u, (language) => ({ language })],
];

function readPhrase(phrase: string): Read | undefined {
  for (const [pattern, argsOf] of PHRASES) {
    const match = pattern.exec(phrase);
    if (match) return { args: argsOf(...match.slice(1)) };
  }
  const option =
    /^(genre|from|to|decade|runtime|language|country|kind|votes|popularity|franchise):"?([^"]+)"?$/u.exec(
      phrase,
    );
  if (option) return option[1] === 'genre' ? { genre: option[2]! } : { args: { [option[1]!]: option[2]! } };
  const [, without, name] =
    /^(no |not |without |-)?(?:a |an )?(.+?)(?: films?| movies?)?$/u.exec(phrase) ?? [];
  const known = name === undefined ? [] : (genresOf(name) ?? []);
  return known.length > 0
    ? { genre: known.map((slug) => (without ? `-${slug}` : slug)).join(',') }
    : undefined;
}
