import type { Wish } from '../people/nights.ts';
import type { MovieFilters } from '../recommender/filters.ts';
import { moodCalled } from './moods.ts';

/** What a group asks for. */
export interface GroupWish {
  /** Free words; what several want counts as often. */
  readonly mood?: string;
  readonly filters: MovieFilters;
}

/**
 * The wishes of all as one. What the night began with holds. What somebody does not want, nobody gets; bounds are as
 * narrow as the narrowest; a genre is asked for where all who wish for anything wish for it. Where wishes contradict
 * each other they cancel out.
 */
export function wishOfAll(night: Wish, members: readonly Wish[]): GroupWish {
  const words = [night, ...members].flatMap((wish) => [wish.words, moodCalled(wish.mood)?.words]);
  const said = words.filter((each) => each !== undefined);
  const wishes = members
    .map(({ mood, filters }) => [filters, moodCalled(mood)?.filters ?? {}])
    .map(([own, ofMood]) => together(own!, ofMood!, union))
    .filter((filters) => Object.keys(filters).length > 0);
  const [first, ...others] = wishes;
  const theirs = first ? others.reduce((all, each) => together(all, each, intersection), first) : {};
  return {
    ...(said.length > 0 && { mood: said.join('. ') }),
    filters: within(night.filters, theirs),
  };
}

type Lists = (a: readonly string[], b: readonly string[]) => readonly string[];

const union: Lists = (a, b) => [...new Set([...a, ...b])];
const intersection: Lists = (a, b) => a.filter((each) => b.includes(each));

function together(a: MovieFilters, b: MovieFilters, genres: Lists): MovieFilters {
  const wanted = genres(a.genres ?? [], b.genres ?? []) as NonNullable<MovieFilters['genres']>;
  return tidy({ ...agreed(a, b), genres: wanted, withoutGenres: unwantedOf(a, b) });
}

/** The night's own filters, and theirs as far as they do not contradict it. */
function within(night: MovieFilters, theirs: MovieFilters): MovieFilters {
  const genres = union(night.genres ?? [], theirs.genres ?? []) as NonNullable<MovieFilters['genres']>;
  const withoutGenres = unwantedOf(night, theirs).filter((each) => !night.genres?.includes(each));
  const contradicted = theirs.genres?.filter((each) => withoutGenres.includes(each)) ?? [];
  return tidy({
    ...agreed(night, theirs),
    ...night,
    ...narrowed(night, theirs),
    genres: genres.filter((each) => !contradicted.includes(each)),
    withoutGenres,
  });
}

function unwantedOf(a: MovieFilters, b: MovieFilters): NonNullable<MovieFilters['withoutGenres']> {
  return [...new Set([...(a.withoutGenres ?? []), ...(b.withoutGenres ?? [])])];
}

/** What has one value holds where only one asks for it, or both for the same. */
function agreed(a: MovieFilters, b: MovieFilters): MovieFilters {
  const same = <K extends 'language' | 'country' | 'kind'>(field: K) => {
    const value = a[field] ?? b[field];
    return value !== undefined && (b[field] ?? value) === value ? { [field]: value } : {};
  };
  const votes = Math.max(a.votes ?? 0, b.votes ?? 0);
  return {
    ...same('language'),
    ...same('country'),
    ...same('kind'),
    ...(votes > 0 && { votes }),
    ...((a.hiddenGems ?? b.hiddenGems) && { hiddenGems: true }),
    ...((a.withFranchise ?? b.withFranchise) && { withFranchise: true }),
    ...narrowed(a, b),
  };
}

/** The part of two ranges that they share; the first alone where they share nothing. */
function narrowed(a: MovieFilters, b: MovieFilters): Pick<MovieFilters, 'from' | 'to' | 'runtime'> {
  const years = shared({ min: a.from, max: a.to }, { min: b.from, max: b.to });
  const runtime = shared(a.runtime ?? {}, b.runtime ?? {});
  return {
    ...(years.min !== undefined && { from: years.min }),
    ...(years.max !== undefined && { to: years.max }),
    ...(Object.keys(runtime).length > 0 && { runtime }),
  };
}

interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

function shared(a: Bounds, b: Bounds): { min?: number; max?: number } {
  const min = Math.max(a.min ?? Number.NEGATIVE_INFINITY, b.min ?? Number.NEGATIVE_INFINITY);
  const max = Math.min(a.max ?? Number.POSITIVE_INFINITY, b.max ?? Number.POSITIVE_INFINITY);
  if (min > max) return shared(a, a);
  return { ...(Number.isFinite(min) && { min }), ...(Number.isFinite(max) && { max }) };
}

function tidy({ genres, withoutGenres, ...rest }: MovieFilters): MovieFilters {
  return {
    ...rest,
    ...(genres?.length && { genres }),
    ...(withoutGenres?.length && { withoutGenres }),
  };
}
