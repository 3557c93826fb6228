/**
 * How well genres are told from text, beside the same regression over the built-in embedder's vectors and over words
 * and vectors together. All on the large catalogue, measured on the same tenth of it.
 */
import { GENRE_SLUGS } from '../src/catalogue/genres.ts';
import { openBuiltInEmbedder } from '../src/embedding/built-in.ts';
import { SHIPPED } from '../src/paths.ts';
import {
  bestThreshold,
  fitMultiLabel,
  microF1,
  probabilities,
  type SparseRow,
} from '../src/recommender/fit/multi-label.ts';
import { genreText } from '../src/recommender/genre-model.ts';
import { type GenreExample, tenthOf, trainGenres } from '../src/recommender/genre-training.ts';
import { GenreCorpus, type GenreRows } from '../src/recommender/genre-words.ts';
import { describedFilms } from './recommender/films.ts';

export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
  readonly baseline?: string;
}

const ROUNDS = 3;

/** `file`: a catalogue in the `jsonl` format. */
export async function genreRows(file: string): Promise<BenchRow[]> {
  const examples = (await describedFilms(file)).flatMap((film, at): GenreExample[] => {
    const text = film.genres.length > 0 ? genreText(film) : undefined;
    return text === undefined ? [] : [{ id: film.id ?? `line ${at}`, text, genres: film.genres }];
  });
  const started = process.cpuUsage();
  const model = await trainGenres(examples);
  if (!model) return [];
  const seconds = (process.cpuUsage(started).user / 1e6).toFixed(1);
  const { f1, f1OfStories, f1OfPhrases, movies } = model.parts.measure;
  const others = await withVectors(examples);
  const baseline = `seeing whole texts only: words ${others.words}, vectors ${others.vectors}, both ${others.both}`;
  const what = `genres from text, micro-F1 on ${movies} held back`;
  return [
    { what, measured: f1.toFixed(3), aim: '≥ 0.65', baseline },
    { what: '… where the text names no genre', measured: f1OfStories.toFixed(3), aim: '–' },
    { what: '… from nine words', measured: f1OfPhrases.toFixed(3), aim: '–' },
    { what: `training, ${model.parts.trained}`, measured: `${seconds} s of processor`, aim: '≤ 20 s' },
  ];
}

async function withVectors(
  examples: readonly GenreExample[],
): Promise<Record<'words' | 'vectors' | 'both', string>> {
  const embedder = await openBuiltInEmbedder(SHIPPED.words);
  const texts = examples.map(({ text }) => text);
  const embedded = await embedder.embed(texts, { task: 'document' });
  const corpus = new GenreCorpus();
  for (const example of examples) corpus.add(example);
  const { words, rows } = await corpus.rows();
  const dense = rows.map((_, at) =>
    denseRow(embedded[at] ?? new Float32Array(embedder.dimensions), words.length),
  );
  const columns = words.length + embedder.dimensions;
  const alone = await measure(
    rows,
    rows.map(({ text }) => text),
    columns,
  );
  const vectors = await measure(rows, dense, columns);
  const both = await measure(
    rows,
    rows.map(({ text }, at) => joined(text, dense[at]!)),
    columns,
  );
  return { words: alone, vectors, both };
}

async function measure(
  rows: readonly GenreRows[],
  seen: readonly SparseRow[],
  columns: number,
): Promise<string> {
  const part = (wanted: (tenth: number) => boolean) =>
    [...rows.keys()].filter((at) => wanted(tenthOf(rows[at]!.id)));
  const outcomes = (of: readonly number[]) => Int32Array.from(of, (at) => rows[at]!.genres);
  const taught = part((tenth) => tenth < 8);
  const labels = GENRE_SLUGS.length;
  const examples = taught.map((at) => [seen[at]!]);
  const fit = await fitMultiLabel(
    { examples, outcomes: outcomes(taught), columns, labels },
    { rounds: ROUNDS },
  );
  const chances = (of: readonly number[]) =>
    of.map((at) => probabilities(fit, seen[at]!, new Float32Array(labels)));
  const [choosing, measuring] = [part((tenth) => tenth === 8), part((tenth) => tenth === 9)];
  const threshold = bestThreshold(chances(choosing), outcomes(choosing));
  return microF1(chances(measuring), outcomes(measuring), threshold).toFixed(3);
}

function denseRow(vector: Float32Array, from: number): SparseRow {
  return { columns: Int32Array.from(vector, (_, at) => from + at), values: vector };
}

function joined(a: SparseRow, b: SparseRow): SparseRow {
  return {
    columns: Int32Array.of(...a.columns, ...b.columns),
    values: Float32Array.of(...a.values, ...b.values),
  };
}

if (import.meta.main) {
  const rows = await genreRows('../shared/data/catalogue-large.jsonl.gz');
  for (const { what, measured, aim, baseline } of rows)
    console.log(`${what}\n    ${measured}\n    aim: ${aim}${baseline ? `; ${baseline}` : ''}`);
}
