import { parseArgs } from 'node:util';
import { openDatabase } from '../catalogue/sql/open.ts';
import { SqlCatalogue } from '../catalogue/sql/sql-catalogue.ts';
import { openEmbedders } from '../embedding/open.ts';
import { estimateIndexing } from '../ingest/estimate.ts';
import { indexMovies } from '../ingest/index-movies.ts';
import { createProgress } from '../ingest/progress.ts';
import { SHIPPED, writtenPaths } from '../paths.ts';
import { openVectorStore } from '../vectors/open.ts';
import { DONE, type Task } from './task.ts';

/** Embeds what is new or changed and upserts the vectors; with `--dry-run` says what that would take. */
export const index: Task = async ({ config, args, log, stop, say }) => {
  const { values } = parseArgs({
    args: [...args],
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const paths = writtenPaths(config);
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(config.databaseFile), (each) => each.close());
  const store = opened.adopt(
    await openVectorStore({
      embedded: { folder: paths.vectors },
      pinecone: config.pinecone && { config: config.pinecone, log },
    }),
    (each) => each.close(),
  );
  const catalogue = new SqlCatalogue(database);
  const onWait = (milliseconds: number) =>
    say(`The quota is used up: waiting ${Math.ceil(milliseconds / 1000)} s.`);
  const [embedder] = await openEmbedders({ gemini: config.gemini, words: SHIPPED.words, log, onWait });
  const work = { catalogue, embedder, store, lockFile: paths.indexLock, signal: stop };
  if (values['dry-run']) {
    const { texts, tokens, geminiRequests, pineconeRequests } = await estimateIndexing(work);
    say(`To embed: ${texts} texts, about ${tokens} tokens.`);
    if (config.gemini) say(`Gemini would get ${geminiRequests} requests.`);
    if (config.pinecone) say(`Pinecone would get ${pineconeRequests} requests.`);
    return DONE;
  }
  const { movies, shows } = await catalogue.stats();
  const progress = createProgress({ stream: process.stderr, label: 'index', total: movies + shows });
  try {
    const counts = await indexMovies({
      ...work,
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
  }
};
