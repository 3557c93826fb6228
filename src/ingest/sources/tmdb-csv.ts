import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CsvRow } from './csv.ts';
import { csvEntries, csvItems } from './csv-items.ts';
import { fileOf, identityOfFile, pagesOf } from './file.ts';
import { readLiteral } from './literal.ts';
import type { Entry, Page, Source, SourceInput } from './source.ts';
import { franchiseOf, objects, posterOf, TMDB, texts } from './tmdb-facts.ts';

const file = (input: SourceInput) => fileOf(input, 'movies_metadata.csv');

/** Files that Kaggle lays beside it, with facts for the same movies. */
const BESIDE = [
  { name: 'keywords.csv', columns: ['id', 'keywords'], entryOf: keywordsEntry },
  { name: 'credits.csv', columns: ['id', 'cast', 'crew'], entryOf: creditsEntry },
  { name: 'tmdb_5000_credits.csv', columns: ['movie_id', 'cast', 'crew'], entryOf: creditsEntry },
] as const;

/** Kaggle's `movies_metadata.csv` and `tmdb_5000_movies.csv`, with keywords and credits where they lie beside it. */
export const tmdbCsv: Source = {
  marks: TMDB,
  identity: (input) => identityOfFile(file(input)),
  read,
};

interface Part {
  readonly path: string;
  /** Absent for the main file, whose lines need no name. */
  readonly name?: string;
  readonly columns: readonly string[];
  readonly entryOf: (row: CsvRow) => Entry;
}

/** `from` is the file's place in the order and how far it was read. */
async function* read(input: SourceInput): AsyncGenerator<Page> {
  const main = file(input);
  const parts: Part[] = [{ path: main, columns: ['id', 'title', 'release_date'], entryOf: movieEntry }];
  for (const { name, ...rest } of BESIDE)
    for (const path of [join(dirname(main), name), join(dirname(main), `${name}.gz`)])
      if (await exists(path)) parts.push({ path, name, ...rest });
  const [part, position] = (input.from ?? '0:0').split(':').map(Number) as [number, number];
  for (const [index, { path, name, columns, entryOf }] of parts.entries()) {
    if (index < part) continue;
    const from = String(index === part ? position : 0);
    const pages = pagesOf(csvItems(columns), csvEntries(entryOf, name), path, { ...input, from });
    for await (const { entries, next } of pages) yield { entries, ...(next && { next: `${index}:${next}` }) };
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function movieEntry({ line, fields }: CsvRow): Entry {
  if (!/^\d+$/u.test(fields.id ?? ''))
    return { type: 'problem', at: line, reason: 'id is no number: the row is shifted' };
  const votes = Number(fields.vote_count) || 0;
  const raw = {
    title: fields.title || fields.original_title,
    original: fields.original_title,
    released: fields.release_date,
    year: /^\d{4,}/u.exec(fields.release_date ?? '')?.[0],
    overview: fields.overview,
    tagline: fields.tagline,
    genres: named(fields.genres, 'name'),
    keywords: named(fields.keywords, 'name'),
    runtime: fields.runtime,
    language: fields.original_language,
    countries: named(fields.production_countries, 'iso_3166_1'),
    ...(votes > 0 && { votes, rating: fields.vote_average }),
    poster: posterOf(fields.poster_path),
    franchise: franchiseOf(literalIn(fields.belongs_to_collection)),
    adult: fields.adult === 'True',
    ids: { tmdb: fields.id, imdb: fields.imdb_id },
  };
  return { type: 'movie', at: line, raw };
}

function keywordsEntry(row: CsvRow): Entry {
  return factsEntry(row, { keywords: named(row.fields.keywords, 'name') });
}

function creditsEntry(row: CsvRow): Entry {
  const directors = objects(literalIn(row.fields.crew)).filter(({ job }) => job === 'Director');
  return factsEntry(row, {
    cast: named(row.fields.cast, 'name').slice(0, 20),
    directors: texts(directors, 'name'),
  });
}

function factsEntry({ line, fields }: CsvRow, facts: Record<string, unknown>): Entry {
  const value = fields.movie_id ?? fields.id ?? '';
  return { type: 'facts', at: line, of: { source: TMDB, value, kind: 'movie' }, facts };
}

function literalIn(field: string | undefined): unknown {
  return field ? readLiteral(field) : undefined;
}

function named(field: string | undefined, name: string): string[] {
  return texts(literalIn(field), name);
}
