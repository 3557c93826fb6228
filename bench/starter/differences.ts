import type { MovieRecord } from '../../src/catalogue/movie.ts';
import { normalise } from '../../src/titles/normalise.ts';

/** Minutes by which two cuts or two clocks of one film may differ. */
const RUNTIME_SLACK = 7;

/** What another source says of a film and ours does not, one phrase each; empty where they agree. */
export function differences(ours: MovieRecord, theirs: MovieRecord): string[] {
  return [
    differ('year', ours.year, theirs.year),
    differ('imdb', ours.ids.imdb, theirs.ids.imdb),
    differ('tmdb', ours.ids.tmdb, theirs.ids.tmdb),
    differ('language', ours.language, theirs.language),
    differ(
      'runtime',
      ours.runtime,
      theirs.runtime,
      (a, b) => Math.abs(Number(a) - Number(b)) <= RUNTIME_SLACK,
    ),
    nothingShared('title', titlesOf(ours), titlesOf(theirs)),
    nothingShared('director', ours.directors, theirs.directors),
    nothingShared('cast', ours.cast, theirs.cast),
    nothingShared('country', ours.countries, theirs.countries),
  ].filter((each) => each !== undefined);
}

type Fact = string | number | undefined;

function differ(
  field: string,
  ours: Fact,
  theirs: Fact,
  same: (ours: Fact, theirs: Fact) => boolean = (a, b) => String(a) === String(b),
): string | undefined {
  if (ours === undefined || theirs === undefined || same(ours, theirs)) return undefined;
  return `${field} ${ours}, there ${theirs}`;
}

function nothingShared(
  field: string,
  ours: readonly string[],
  theirs: readonly string[],
): string | undefined {
  if (ours.length === 0 || theirs.length === 0) return undefined;
  const known = new Set(ours.map(normalise));
  if (theirs.some((each) => known.has(normalise(each)))) return undefined;
  return `${field} ${ours.join(' / ')}, there ${theirs.slice(0, 6).join(' / ')}`;
}

function titlesOf({ title, original, aka }: MovieRecord): string[] {
  return [title, ...(original ? [original] : []), ...aka.map((each) => each.title)];
}
