import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { genresOf } from '../../src/catalogue/genres.ts';
import { fillGaussian, seededRandom } from '../../src/embedding/words/random.ts';
import { readTitle } from '../../src/ingest/sources/movielens.ts';
import {
  CONTENT_ID,
  CONTENT_WIDTH,
  describe,
  type MovieContent,
  NO_CONTENT,
} from '../../src/taste/content.ts';
import { type RatingColumns, readRatings } from '../../src/taste/ratings.ts';

/** A MovieLens set, of the old format (`ratings.dat`, fields parted by `::`) or the new (`ratings.csv`). */
export interface RatingSet {
  readonly columns: RatingColumns;
  /** Genres and year of each movie, where a list of movies lies beside the ratings. */
  readonly content: MovieContent;
}

export async function readSet(folder: string): Promise<RatingSet> {
  const old = existsSync(join(folder, 'ratings.dat'));
  const columns = await readRatings(ratingsOf(join(folder, old ? 'ratings.dat' : 'ratings.csv')));
  const list = join(folder, old ? 'movies.dat' : 'movies.csv');
  return { columns, content: existsSync(list) ? contentOf(list) : NO_CONTENT };
}

function* ratingsOf(file: string) {
  for (const line of linesOf(file)) {
    const [person, movie, stars, at] = line.split(/::|,/u);
    yield { person: `movielens:${person}`, movie: movie!, stars: Number(stars), at: Number(at) };
  }
}

function contentOf(file: string): MovieContent {
  const known = new Map<string, Float32Array>();
  for (const line of linesOf(file)) {
    const fields = /^(\d+)(?:::|,)(.*)(?:::|,)(.*)$/u.exec(line);
    if (!fields) throw new Error(`${file} has a line that is no movie: ${line}`);
    const [, movie, title, genres] = fields as unknown as [string, string, string, string];
    const { year } = readTitle(title.replaceAll('"', ''));
    const slugs = genres.split('|').flatMap((genre) => genresOf(genre) ?? []);
    known.set(movie, describe({ genres: slugs, year: year === undefined ? undefined : Number(year) }));
  }
  return { id: CONTENT_ID, width: CONTENT_WIDTH, of: (movie) => known.get(movie) };
}

/** Lines of data: a heading, where there is one, begins with a letter. */
function linesOf(file: string): string[] {
  const lines = readFileSync(file, 'latin1').split(/\r?\n/u);
  return lines.filter((line) => /^\d/u.test(line));
}

/** The number of the fold in which each rating is tested: shuffled, of equal size, by a fixed seed. */
export function foldsOf(count: number, folds: number): Uint8Array {
  const random = seededRandom(5);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const result = new Uint8Array(count);
  for (const [rank, place] of order.entries()) result[place] = Math.floor((rank * folds) / count);
  return result;
}

const SYNTHETIC = { people: 6000, movies: 4000, rank: 12 };

/** Made-up ratings of as many people and movies as the set of a million has: for measuring time only. */
export function syntheticSet(count: number): RatingColumns {
  const { people, movies, rank } = SYNTHETIC;
  const random = seededRandom(9);
  const gaussian = (length: number) => fillGaussian(new Float64Array(length), random);
  const [own, other] = [gaussian(people * rank), gaussian(movies * rank)];
  const [lenient, good, whims] = [gaussian(people), gaussian(movies), gaussian(count)];
  const pairs = new Set<number>();
  while (pairs.size < count) {
    // Squared and cubed, so that a few rate much and a few films are rated by many, as it is in life.
    const person = Math.floor(people * random() ** 2);
    pairs.add(person * movies + Math.floor(movies * random() ** 3));
  }
  const person = Int32Array.from(pairs, (pair) => Math.floor(pair / movies));
  const movie = Int32Array.from(pairs, (pair) => pair % movies);
  const stars = Float32Array.from(whims, (whim, at) => {
    const [p, m] = [person[at]!, movie[at]!];
    let sum = 3.6 + 0.4 * lenient[p]! + 0.5 * good[m]! + 0.8 * whim;
    for (let k = 0; k < rank; k++) sum += (0.4 * own[p * rank + k]! * other[m * rank + k]!) / Math.sqrt(rank);
    return Math.max(1, Math.min(5, Math.round(sum)));
  });
  return { movies: Array.from({ length: movies }, (_, i) => `m${i}`), people, person, movie, stars };
}
