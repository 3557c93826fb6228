import type { Movie } from '../catalogue/movie.ts';
import type { FeatureTable } from './features.ts';
import { nearestSentence } from './nearest-sentence.ts';
import { MAX_VALUES, NEAR, named, type Reason, surprise, TELLING } from './reasons.ts';
import { saysSequel } from './series-evidence.ts';

/** Years between two movies of one time. */
const SAME_TIME = 5;

/** What one movie in so many is by chance, of this genre and this time, is worth saying. */
const TELLING_TIME = Math.log(30);

interface Told {
  readonly seeds: readonly Movie[];
  readonly movie: Movie;
  /** How unusually near its text is to theirs, in standard deviations; absent where no texts were compared. */
  readonly near?: number | undefined;
}

/**
 * Adds what the movies' own texts tell where all there is to say else is a genre that half of the list has too, or
 * nothing. The most telling first: people beyond those that ranking compares, a theme of one that the other's story
 * names, the sentence nearest to the seeds' stories and themes, that both are of one time. Nothing where none of that is
 * true: of a film without a story no words are alike.
 */
export function withTold(
  reasons: readonly Reason[],
  { seeds, movie, near }: Told,
  table: FeatureTable,
): Reason[] {
  const said = reasons.filter(({ kind }) => kind !== 'close');
  if (!said.every(isGenre)) return said.filter((reason) => !isGenre(reason));
  const several = seeds.length > 1;
  const more = seeds.flatMap((seed) =>
    [furtherCast(seed, movie), toldThemes(seed, movie, table)]
      .filter((reason) => reason !== undefined)
      .map((reason) => (several ? named(reason, seed) : reason)),
  );
  if (more.length > 0) return more;
  const [also] = [nearest(seeds, movie), telltaleTime(seeds, movie, table)].filter(
    (reason) => reason !== undefined,
  );
  const all = also ? [...said, also] : said;
  if (all.length > 0) return all;
  if (near !== undefined && near >= NEAR) return [{ kind: 'close', values: [] }];
  const time = sameTime(seeds, movie);
  return time ? [time] : [];
}

function isGenre({ kind }: Reason): boolean {
  return kind === 'genre' || kind === 'genreGuessed';
}

function furtherCast(seed: Movie, movie: Movie): Reason | undefined {
  const shared = seed.cast.filter((person) => movie.cast.includes(person));
  return shared.length > 0 ? { kind: 'cast', values: shared.slice(0, MAX_VALUES) } : undefined;
}

/** Themes of one that stand in the other's overview, the rarest first. */
function toldThemes(seed: Movie, movie: Movie, table: FeatureTable): Reason | undefined {
  // That a text speaks of a sequel does not make its film one.
  const told = [
    ...seed.keywords.filter((theme) => tells(movie, theme)),
    ...movie.keywords.filter((theme) => tells(seed, theme)),
  ].filter((theme) => !saysSequel(theme));
  const telling = told
    .map((theme) => ({ theme, surprise: surprise(table.themeCount(theme), table) }))
    .filter((each) => each.surprise >= TELLING)
    .sort((a, b) => b.surprise - a.surprise)
    .map(({ theme }) => theme);
  return telling.length > 0
    ? { kind: 'theme', values: [...new Set(telling)].slice(0, MAX_VALUES) }
    : undefined;
}

/** In small letters, as themes are: "king" is no theme of a film after Stephen King. */
function tells({ overview = '' }: Movie, theme: string): boolean {
  if (!overview.includes(theme)) return false;
  return new RegExp(String.raw`(?<![\p{L}\p{N}-])${RegExp.escape(theme)}(?:e?s)?(?![\p{L}\p{N}-])`, 'u').test(
    overview,
  );
}

function nearest(seeds: readonly Movie[], movie: Movie): Reason | undefined {
  const told = seeds.flatMap(({ overview = '', keywords }) => [overview, ...keywords]).join(' ');
  const sentence = nearestSentence(told, movie);
  return sentence === undefined ? undefined : { kind: 'plot', values: [sentence] };
}

/** That few movies of a genre they share are of their time. */
function telltaleTime(seeds: readonly Movie[], movie: Movie, table: FeatureTable): Reason | undefined {
  const [seed] = seeds;
  const time = sameTime(seeds, movie);
  const genres = seed?.genres.filter((genre) => movie.genres.includes(genre)) ?? [];
  if (!time || genres.length === 0) return undefined;
  const genre = Math.max(...genres.map((each) => surprise(table.genreCount(each), table)));
  const first = Number(time.values[0]);
  const era = surprise(table.yearCount(first, first + SAME_TIME), table);
  return genre + era >= TELLING_TIME ? time : undefined;
}

/** That the two are of one time. Of several seeds nobody could tell which is meant. */
function sameTime(seeds: readonly Movie[], movie: Movie): Reason | undefined {
  const [seed, ...others] = seeds;
  if (seed?.year === undefined || movie.year === undefined || others.length > 0) return undefined;
  const [first, last] = [Math.min(seed.year, movie.year), Math.max(seed.year, movie.year)];
  return last - first > SAME_TIME ? undefined : { kind: 'era', values: [String(first), String(last)] };
}
