import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { sqlRatings } from '../../src/catalogue/sql/ratings.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { type ImportOptions, type ImportReport, importMovies } from '../../src/ingest/import.ts';

/** A catalogue, a folder for files, and imports into the one from the other. */
export async function openImporting() {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-import-'));
  const database = await openDatabase(join(folder, 'kindred.db'));
  const catalogue = new SqlCatalogue(database);
  const ratings = sqlRatings(database);

  /** Writes a file and answers its path. */
  async function file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  async function run(
    source: ImportOptions['source'],
    options: ImportOptions['options'] = {},
    more: Partial<ImportOptions> = {},
  ): Promise<ImportReport & { problems: string[]; resumed: boolean }> {
    const problems: string[] = [];
    let resumed = false;
    const report = await importMovies({
      source,
      options,
      catalogue,
      ratings,
      config: {
        dataDir: folder,
        databaseFile: join(folder, 'kindred.db'),
        trakt: { apiUrl: 'http://127.0.0.1:9' },
        tmdb: { apiUrl: 'http://127.0.0.1:9' },
      },
      onResume: () => {
        resumed = true;
      },
      onProblem: ({ at, reason }) => problems.push(`${at}: ${reason}`),
      ...more,
    });
    return { ...report, problems, resumed };
  }

  return {
    folder,
    database,
    catalogue,
    ratings,
    file,
    run,
    titles: async () => (await catalogue.movies(0, 100_000)).map(({ title }) => title),
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Importing = Awaited<ReturnType<typeof openImporting>>;
