import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { GENRE_SLUGS, type Genre } from '../catalogue/genres.ts';
import { isThin, type Movie } from '../catalogue/movie.ts';
import {
  bestThreshold,
  fitMultiLabel,
  type MultiLabelFit,
  microF1,
  probabilities,
  type SparseRow,
} from './fit/multi-label.ts';
import { type GenreMeasure, GenreModel, genreText } from './genre-model.ts';
import { GenreCorpus, type GenreRows } from './genre-words.ts';

/** A movie whose genres are known. */
export interface GenreExample {
  readonly id: string;
  readonly text: string;
  readonly genres: readonly Genre[];
}

/** Fewer movies teach nothing that holds for others. */
const FEWEST_EXAMPLES = 300;

/** Movies read from the catalogue at a time. */
const PAGE = 100;

/** Rounds over the examples: so many, and more where there are few. */
const ROUNDS = 3;
const FEWEST_STEPS = 10_000;

/** Of ten movies one chooses the threshold and one measures; eight teach. By a hash of the id, so it never changes. */
const CHOOSES = 8;
const MEASURES = 9;

/** The movies of a catalogue that are not thin. */
export async function* describedMovies(catalogue: Catalogue, signal?: AbortSignal): AsyncGenerator<Movie> {
  for (let after = 0; ; ) {
    const movies = await catalogue.movies(after, PAGE, signal ? { signal } : {});
    if (movies.length === 0) return;
    after = movies.at(-1)!.number;
    await setImmediate();
    for (const movie of movies) if (!isThin(movie)) yield movie;
  }
}

/** The described movies of a catalogue that have genres. */
export async function* genreExamples(
  catalogue: Catalogue,
  signal?: AbortSignal,
): AsyncGenerator<GenreExample> {
  for await (const movie of describedMovies(catalogue, signal)) {
    const text = movie.genres.length > 0 ? genreText(movie) : undefined;
    if (text !== undefined) yield { id: movie.id, text, genres: movie.genres };
  }
}

/**
 * Learns genres from movies that have some, and measures what was learned on a tenth that it was not learned from.
 * A third of the time a text is seen without the words that name genres, else the model would wait for "western" and
 * make little of a story; and a third of the time as a few words, else it would be too sure of short questions. The
 * same examples in the same order give the same model.
 *
 * @returns `undefined` where there are too few examples. Yields to the event loop; rejects with the signal's reason.
 */
export async function trainGenres(
  examples: AsyncIterable<GenreExample> | Iterable<GenreExample>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<GenreModel | undefined> {
  const corpus = new GenreCorpus();
  for await (const example of examples) corpus.add(example);
  if (corpus.size < FEWEST_EXAMPLES) return undefined;
  const { words, idf, rows } = await corpus.rows();
  const taught = rows.filter(({ id }) => tenthOf(id) < CHOOSES);
  const fit = await fitMultiLabel(
    {
      examples: taught.map(({ text, story, phrase }) => [text, story, phrase]),
      outcomes: Int32Array.from(taught, ({ genres }) => genres),
      columns: words.length,
      labels: GENRE_SLUGS.length,
    },
    { rounds: Math.max(ROUNDS, Math.ceil(FEWEST_STEPS / taught.length)), signal },
  );
  return new GenreModel({ trained: `on ${taught.length} movies`, words, idf, fit, ...judge(fit, rows) });
}

function judge(fit: MultiLabelFit, rows: readonly GenreRows[]): { threshold: number; measure: GenreMeasure } {
  const choosing = rows.filter(({ id }) => tenthOf(id) === CHOOSES);
  const measuring = rows.filter(({ id }) => tenthOf(id) === MEASURES);
  const chances = (of: readonly GenreRows[], view: (row: GenreRows) => SparseRow) =>
    of.map((row) => probabilities(fit, view(row), new Float32Array(fit.labels)));
  const outcomes = (of: readonly GenreRows[]) => of.map(({ genres }) => genres);
  const threshold = bestThreshold(
    chances(choosing, (row) => row.text),
    outcomes(choosing),
  );
  const f1 = (view: (row: GenreRows) => SparseRow) =>
    microF1(chances(measuring, view), outcomes(measuring), threshold);
  return {
    threshold,
    measure: {
      movies: measuring.length,
      f1: f1((row) => row.text),
      f1OfStories: f1((row) => row.story),
      f1OfPhrases: f1((row) => row.phrase),
    },
  };
}

/** 0 to 9, always the same for one id: which part of the movies it is in. */
export function tenthOf(id: string): number {
  return Number.parseInt(hash('sha256', id).slice(0, 8), 16) % 10;
}
