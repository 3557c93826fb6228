import { parseArgs } from 'node:util';
import { openDatabase } from '../catalogue/sql/open.ts';
import { SqlCatalogue } from '../catalogue/sql/sql-catalogue.ts';
import { openBuiltInEmbedder } from '../embedding/built-in.ts';
import { indexMovies } from '../ingest/index-movies.ts';
import { createProgress } from '../ingest/progress.ts';
import { SHIPPED, writtenPaths } from '../paths.ts';
import { openVectorStore } from '../vectors/open.ts';
import { DONE, type Task } from './task.ts';

/** Embeds what is new or changed and upserts the vectors. */
export const index: Task = async ({ config, args, stop, say }) => {
  const { values } = parseArgs({
    args: [...args],
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const paths = writtenPaths(config);
  const database = await openDatabase(config.databaseFile);
  const store = await openVectorStore({ embedded: { folder: paths.vectors } });
  try {
    const catalogue = new SqlCatalogue(database);
    const { movies, shows } = await catalogue.stats();
    const progress = createProgress({ stream: process.stderr, label: 'index', total: movies + shows });
    const counts = await indexMovies({
      catalogue,
      embedder: await openBuiltInEmbedder(SHIPPED.words),
      store,
      lockFile: paths.indexLock,
      dryRun: values['dry-run'],
      signal: stop,
      onProgress: (walked, so) => progress.advance(walked, `${so.embedded} embedded`),
    });
    progress.done();
    say(
      `${counts.embedded} embedded, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.deleted} deleted; ` +
        `${counts.thin} say too little to be embedded, ${counts.unknown} say nothing the embedder knows.`,
    );
    return DONE;
  } catch (error) {
    if (stop.aborted) say('Stopped. What was embedded is kept: run "npm run index" again to go on.');
    throw error;
  } finally {
    await store.close();
    await database.close();
  }
};
