import type { Features } from './features.ts';
import { plainTitle } from './series-title.ts';

/** Of six names: a sequel keeps as many, but comes later. */
const SAME_CAST = 3;

/**
 * Whether two records are of one film under two names, such as "Blade Runner" and "Blade Runner: The Final Cut": the
 * same people at the same time, and one's title begins with the other's. Symmetric.
 */
export function isOtherCut(a: Features, b: Features): boolean {
  if (a.kind !== b.kind || a.year === undefined || b.year === undefined || Math.abs(a.year - b.year) > 1)
    return false;
  if (a.cast.filter((person) => b.cast.includes(person)).length < SAME_CAST) return false;
  const [one, other] = [`${plainTitle(a.title)} `, `${plainTitle(b.title)} `];
  return one.startsWith(other) || other.startsWith(one);
}
