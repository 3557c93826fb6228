import type { Accept } from './finder.ts';
import { Judge } from './judge.ts';
import { foldNumbers } from './numbers.ts';
import { queryOfWords } from './query.ts';
import type { Stock } from './stock.ts';
import { isArticle, PART } from './words.ts';

/** What a series is called, and how unlikely it is that it was written as it was, in nats. */
export interface Stem {
  readonly words: readonly string[];
  readonly cost: number;
}

/** Names looked at, and the most that a series' name may be misspelt. */
const LOOKED_AT = 20;
const MOST = 5;

/** The series that a misspelt name is most likely that of: "pirates of the carribean", "xmen". */
export function stemLike(
  { shelf, finder }: Stock,
  typed: readonly string[],
  accept: Accept,
): Stem | undefined {
  const query = queryOfWords(typed);
  const judge = new Judge(query);
  const similar = finder.similar(query, accept).slice(0, LOOKED_AT);
  const names = new Set([...finder.namedLike(query.bare, accept), ...similar.map(({ name }) => name)]);
  let [best, bestWorth]: [Stem | undefined, number] = [undefined, Number.NEGATIVE_INFINITY];
  for (const name of names) {
    const words = firstPart(shelf.words(name).split(' '));
    const cost = judge.cost(words);
    const worth = shelf.fame(shelf.movieOf(name)) - cost;
    if (cost > 0 && cost <= MOST && worth > bestWorth) [best, bestWorth] = [{ words, cost }, worth];
  }
  return best;
}

/** What stands before the first mark, without an article. */
function firstPart(marked: readonly string[]): readonly string[] {
  const end = marked.indexOf(PART);
  return foldNumbers(marked.slice(isArticle(marked[0]!) ? 1 : 0, end < 0 ? marked.length : end));
}
