import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { openDatabase } from '../../catalogue/sql/open.ts';
import { SqlCatalogue } from '../../catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import { indexGenres } from '../../ingest/index-genres.ts';
import { indexMovies } from '../../ingest/index-movies.ts';
import { BadRecord, readRecord } from '../../ingest/record.ts';
import { EmbeddedStore } from '../../vectors/embedded/embedded-store.ts';
import { loadGenres } from '../genre-file.ts';

const BATCH = 500;

export interface LargeCatalogue {
  readonly folder: string;
  readonly file: string;
  /** What was learned of genres from it. */
  readonly genres: string;
}

/**
 * The large catalogue imported and indexed, in a folder of the system's temporary ones: made once, in some minutes, and
 * used again by whoever measures or fits. It is of no use to anybody else and may be deleted at any time.
 *
 * @param from A `jsonl.gz` in the import format.
 */
export async function largeCatalogue(from: string, embedder: Embedder): Promise<LargeCatalogue> {
  const folder = join(tmpdir(), `kindred-large-${embedder.id}`);
  const file = join(folder, 'kindred.db');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const unfinished = join(folder, `${process.pid}.db`);
    await importLines(from, unfinished);
    await rename(unfinished, file);
  }
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(file), (each) => each.close());
  const store = opened.adopt(await EmbeddedStore.open({ folder }), (each) => each.close());
  const work = { catalogue: new SqlCatalogue(database), lockFile: join(folder, 'index.lock') };
  const index = await store.current();
  if ((await index?.info())?.embedder !== embedder.id) await indexMovies({ ...work, embedder, store });
  const genres = join(folder, 'genres.json');
  if (!(await loadGenres(genres))) await indexGenres({ ...work, file: genres });
  return { folder, file, genres };
}

async function importLines(from: string, to: string): Promise<void> {
  const database = await openDatabase(to);
  const catalogue = new SqlCatalogue(database);
  let batch = [];
  for await (const line of createInterface({ input: createReadStream(from).pipe(createGunzip()) })) {
    try {
      batch.push(readRecord(JSON.parse(line), 'jsonl').record);
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
    }
    if (batch.length < BATCH) continue;
    await catalogue.upsert(batch);
    batch = [];
  }
  await catalogue.upsert(batch);
  await catalogue.refreshPopularity();
  await database.close();
}
