import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { SqlCatalogue } from '../../catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import type { FullText } from '../../search/full-text.ts';
import type { VectorIndex } from '../../vectors/vector-index.ts';
import { cosine } from '../blend.ts';
import type { GenreModel } from '../genre-model.ts';
import { type PlotSides, RETRIEVED, trustInGenres } from '../plot.ts';

/** A text that tells of one movie. */
export interface Question {
  readonly text: string;
  readonly id: string;
}

/** Only every so-manieth overview is asked, so that it takes minutes. */
const EVERY = 10;
const SHORTEST = 60;

/** Words of a question as short as most that people type. */
const FEW_WORDS = 14;

/**
 * Overviews of TMDB for movies that the catalogue describes in other words (Wikipedia's): one writer's story told by
 * another. Every tenth of the CSV, whole and cut short.
 */
export async function tmdbQuestions(file: string, catalogue: SqlCatalogue): Promise<Question[]> {
  const rows = parse(gunzipSync(await readFile(file)), { columns: true }) as Record<string, string>[];
  const questions: Question[] = [];
  for (const { id, overview } of rows.filter((_, i) => i % EVERY === 0)) {
    const movie = id && (await catalogue.byOutsideId('tmdb', id, 'movie'));
    if (!movie || !overview || overview.length < SHORTEST || !movie.overview) continue;
    const sameText = movie.overview.includes(overview.slice(20, SHORTEST));
    if (sameText || movie.overview.length < SHORTEST) continue;
    const short = overview.split(/\s+/u).slice(0, FEW_WORDS).join(' ');
    questions.push({ text: overview, id: movie.id }, { text: short, id: movie.id });
  }
  return questions;
}

/** What words and vectors find for a text, as `/plot` fetches it. */
export function plotSides(
  search: FullText,
  index: VectorIndex,
  embedder: Embedder,
  teller: GenreModel,
): (text: string) => Promise<PlotSides> {
  return async (text) => {
    const words = search.search(text, RETRIEVED, []);
    const told = { genres: teller.predict(text), trust: trustInGenres(text) };
    const [vector] = await embedder.embed([text], { task: 'query' });
    if (!vector) return { words, ...told, cosines: new Map() };
    const meaning = await index.query(vector, { topK: RETRIEVED });
    const cosines = new Map(meaning.map((hit) => [hit.id, hit.score]));
    for (const [id, values] of await index.fetch(words.map((hit) => hit.id)))
      cosines.set(id, cosine(vector, values));
    return { words, ...told, cosines };
  };
}
