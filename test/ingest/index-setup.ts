import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MovieRecord } from '../../src/catalogue/movie.ts';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { EmbeddedStore } from '../../src/vectors/embedded/embedded-store.ts';
import { placesIn } from './places.ts';

export async function aWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-index-'));
  const places = placesIn(folder);
  const database = await openDatabase(places.database);
  const store = await EmbeddedStore.open({ folder: places.vectors });
  onTestFinished(async () => {
    await store.close();
    await database.close();
    await rm(folder, { recursive: true });
  });
  return { folder, catalogue: new SqlCatalogue(database), store, lockFile: places.lockFile };
}

/** A movie whose IMDb number is `number`. */
export function aMovieRecord(number: number, facts: Partial<MovieRecord> = {}): MovieRecord {
  return {
    title: `Film ${number}`,
    year: 2000,
    kind: 'movie',
    aka: [],
    genres: [],
    keywords: [],
    directors: [],
    cast: [],
    countries: [],
    adult: false,
    ids: { imdb: imdb(number) },
    source: 'test',
    ...facts,
  };
}

export const imdb = (number: number) => `tt${String(number).padStart(7, '0')}`;
