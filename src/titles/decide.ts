import { normalise } from './normalise.ts';
import { candidateOf, type Fit, type Scored } from './ranking.ts';
import type { Resolution } from './titles.ts';

/** Chosen on the tuning half of the bench's queries; see docs/titles.md for what moving them costs. */
export interface Thresholds {
  /** The least share of the likelihood that one movie must have to be taken without asking. */
  readonly match: number;
  /** Nats that the best fit may cost at all, and per letter typed. */
  readonly none: number;
  readonly nonePerLetter: number;
}

export const THRESHOLDS: Thresholds = { match: 0.75, none: 3.5, nonePerLetter: 0.35 };

/** What is this much less likely than the best, in nats, is not offered. */
const OFFERED = 5;
/** A movie of exactly this name is asked about unless another one, that fits like this, is that much likelier. */
const BURIED: Readonly<Record<Fit, number>> = { exact: 0, bare: 1.8, part: 3, loose: 6 };
const MAX_CHOICES = 10;
const MAX_OTHERS = 3;
const MAX_NEAREST = 5;

/** Ranked movies → match, choose or none. `typed` is what they were ranked for, `year` what was typed as a year. */
export function decide(
  ranked: readonly Scored[],
  typed: string,
  year: number | undefined,
  thresholds: Thresholds = THRESHOLDS,
): Resolution {
  const [best, ...rest] = ranked;
  if (!best || best.cost > thresholds.none + Math.min(24, typed.length) * thresholds.nonePerLetter)
    return { outcome: 'none', nearest: ranked.slice(0, MAX_NEAREST).map(candidateOf) };
  const likelihood = rest.reduce((sum, each) => sum + Math.exp(each.worth - best.worth), 1);
  const plausible = rest.filter((each) => each.worth > best.worth - OFFERED);
  const buried = best.fit === 'exact' ? undefined : rest.find((each) => each.fit === 'exact');
  if (buried) plausible.splice(0, plausible.length, buried, ...plausible.filter((each) => each !== buried));
  if (1 / likelihood < thresholds.match || (buried && buried.worth > best.worth - BURIED[best.fit]))
    return { outcome: 'choose', candidates: [best, ...plausible].slice(0, MAX_CHOICES).map(candidateOf) };
  return {
    outcome: 'match',
    best: candidateOf(best),
    exact: isExact(best, typed, year),
    ...(year !== undefined &&
      best.movie.year !== undefined &&
      best.movie.year !== year && { yearTyped: year }),
    others: plausible.slice(0, MAX_OTHERS).map(candidateOf),
  };
}

function isExact({ title, movie }: Scored, typed: string, year: number | undefined): boolean {
  const squeezed = (text: string) => normalise(text).replaceAll(' ', '');
  return squeezed(title) === squeezed(typed) && (year === undefined || year === movie.year);
}
