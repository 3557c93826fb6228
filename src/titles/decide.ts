import { TALKED_ABOUT } from './fame.ts';
import { normalise } from './normalise.ts';
import { candidateOf, type Fit, isWhole, type Scored } from './pool.ts';
import { secondOpinion } from './second-opinion.ts';
import type { Resolution } from './titles.ts';

/** Chosen on the tuning half of the bench's queries; see docs/titles.md for what moving them costs. */
export interface Thresholds {
  /** The least share of the likelihood that one movie must have to be taken without asking. */
  readonly match: number;
  /** The same share among the movies that have the very name that was typed. */
  readonly namesake: number;
  /** Nats that the best fit may cost at all, and per letter typed. */
  readonly none: number;
  readonly nonePerLetter: number;
}

export const THRESHOLDS: Thresholds = { match: 0.65, namesake: 0.8, none: 4, nonePerLetter: 0.25 };

/** What is this much less likely than the best, in nats, is not offered beside it, nor among choices. */
const OFFERED_BESIDE = 5;
const OFFERED_TO_CHOOSE = 7;
/**
 * Beside a movie of the very name ("the thing") only what begins or ends with it is offered, unless it is about as
 * likely: not "Stranger Things".
 */
const PART_OF_NAME = 2.6;
const ABOUT_AS_LIKELY = 3;
/** A movie of exactly this name is asked about unless another one, that fits like this, is that much likelier. */
const BURIED: Readonly<Record<Fit, number>> = {
  verbatim: 0,
  exact: 0,
  bare: 2.2,
  part: 3,
  subtitle: 7,
  loose: 6,
  guess: 6,
};
/** What costs more nats than this is taken as often wrongly as rightly: it is asked about. */
const DOUBTFUL = 6.5;
/** Films of a series that are about as well known as each other: its name alone means the first of them. */
const ABOUT_AS_KNOWN = 0.6;
/** Letters beyond which a longer text may not fit worse. */
const LONG = 24;
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
  const [best] = ranked;
  if (!best || !fitsAtAll(best, typed, thresholds))
    return { outcome: 'none', nearest: ranked.slice(0, MAX_NEAREST).map(candidateOf) };
  if (best.fit === 'part') return settle(firstFilmFirst(ranked), typed, year, thresholds);
  const doubtful = (best.fit === 'loose' || best.fit === 'subtitle') && likelihood(ranked) < thresholds.match;
  return settle(doubtful ? secondOpinion(ranked, typed) : ranked, typed, year, thresholds);
}

/** "harry potter" is the beginning of eight titles that people know about as well: the oldest goes first. */
function firstFilmFirst(ranked: readonly Scored[]): readonly Scored[] {
  const [best] = ranked as [Scored, ...Scored[]];
  const series = ranked.filter((each) => each.fit === 'part' && each.worth > best.worth - ABOUT_AS_KNOWN);
  const first = series.reduce((one, other) =>
    (other.movie.year ?? Infinity) < (one.movie.year ?? Infinity) ? other : one,
  );
  return [{ ...first, worth: best.worth }, ...ranked.filter((each) => each !== first)];
}

/** What costs more was not meant, whatever else there is. */
export function fitsAtAll({ cost }: Scored, typed: string, thresholds: Thresholds = THRESHOLDS): boolean {
  return cost <= thresholds.none + Math.min(LONG, typed.length) * thresholds.nonePerLetter;
}

function settle(
  ranked: readonly Scored[],
  typed: string,
  year: number | undefined,
  thresholds: Thresholds,
): Resolution {
  const [best, ...rest] = ranked as [Scored, ...Scored[]];
  const namesakes = rest.filter((each) => isWhole(each.fit));
  if (asks(best, namesakes, thresholds) || shareOfFirst(ranked) < thresholds.match) {
    const fitting = rest.filter((each) => fitsAtAll(each, typed, thresholds));
    const others = offered(best, fitting, OFFERED_TO_CHOOSE);
    return { outcome: 'choose', candidates: [best, ...others].slice(0, MAX_CHOICES).map(candidateOf) };
  }
  return {
    outcome: 'match',
    best: candidateOf(best),
    exact: isExact(best, typed, year),
    ...(year !== undefined &&
      best.movie.year !== undefined &&
      best.movie.year !== year && { yearTyped: year }),
    others: offered(best, rest, OFFERED_BESIDE).slice(0, MAX_OTHERS).map(candidateOf),
  };
}

/** It is a guess, or another movie has the very name that was typed, and may be meant. */
function asks(best: Scored, namesakes: readonly Scored[], thresholds: Thresholds): boolean {
  const [namesake] = namesakes;
  if (best.fit === 'guess' || best.cost > DOUBTFUL) return true;
  if (isWhole(best.fit)) return likelihood([best, ...namesakes]) < thresholds.namesake;
  return namesake !== undefined && namesake.worth > best.worth - BURIED[best.fit];
}

/** What may be meant as well. A movie of exactly the typed name is always among it, and first unless the best is one. */
function offered(best: Scored, rest: readonly Scored[], within: number): Scored[] {
  const plausible = rest.filter((each) => isWhole(each.fit) || each.worth > best.worth - within);
  const namesakes = plausible.filter((each) => isWhole(each.fit));
  const others = plausible.filter((each) => !isWhole(each.fit));
  if (!isWhole(best.fit) && best.fit !== 'bare') return [...namesakes, ...others];
  const close = ({ cost, worth }: Scored) => cost <= PART_OF_NAME || worth > best.worth - ABOUT_AS_LIKELY;
  return isWhole(best.fit)
    ? plausible.filter((each) => isWhole(each.fit) || close(each))
    : [...namesakes, ...others.filter(close)];
}

/**
 * The share that decides whether the first movie is taken. Where the whole name of one that people speak of was typed,
 * it is held against the next one alone: the many other titles that begin so ("alien", "spider man") do not add up to
 * a doubt.
 */
function shareOfFirst(ranked: readonly Scored[]): number {
  const [best] = ranked as [Scored, ...Scored[]];
  const named = isWhole(best.fit) || best.fit === 'bare';
  return likelihood(named && best.movie.fame >= TALKED_ABOUT ? ranked.slice(0, 2) : ranked);
}

/** The share of the first movie in the likelihood of all. */
function likelihood(ranked: readonly Scored[]): number {
  return 1 / ranked.reduce((sum, each) => sum + Math.exp(each.worth - ranked[0]!.worth), 0);
}

function isExact({ title, movie }: Scored, typed: string, year: number | undefined): boolean {
  const squeezed = (text: string) => normalise(text).replaceAll(' ', '');
  return squeezed(title) === squeezed(typed) && (year === undefined || year === movie.year);
}
