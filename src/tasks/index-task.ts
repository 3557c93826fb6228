import { parseArgs } from 'node:util';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Config, reachesOut } from '../config.ts';
import { RemoteFailure } from '../errors.ts';
import { estimateIndexing } from '../ingest/estimate.ts';
import { type GenreIndexOptions, genresAreStale, indexGenres } from '../ingest/index-genres.ts';
import { FAR_AWAY, indexMovies } from '../ingest/index-movies.ts';
import { createProgress } from '../ingest/progress.ts';
import { writtenPaths } from '../paths.ts';
import { openFeatures } from '../recommender/open-features.ts';
import { openPlotSearch } from '../search/open.ts';
import { bringStarter, missingStarter } from '../starter.ts';
import { openTitles } from '../titles/open.ts';
import { IndexUnavailable } from '../vectors/vector-index.ts';
import { openStores } from './stores.ts';
import { DONE, type Task } from './task.ts';

const KEPT = 'What was embedded is kept: run "npm run index" again to go on.';

/** Embeds what is new or changed and upserts the vectors; with `--dry-run` says what that would take. */
export const index: Task = async (context) => {
  const { config, args, stop, say } = context;
  const { values } = parseArgs({
    args: [...args],
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const onWait = (milliseconds: number) =>
    say(`The quota is used up: waiting ${Math.ceil(milliseconds / 1000)} s.`);
  await using stores = await openStores(context, { onWait, onlyCounts: values['dry-run'] });
  const { database, catalogue, embedder, vectors: store } = stores;
  const { indexLock: lockFile, genres: genresFile } = writtenPaths(config);
  const work = {
    catalogue,
    embedder,
    store,
    lockFile,
    signal: stop,
    ...(reachesOut(config) && FAR_AWAY),
  };
  if (values['dry-run']) {
    const { texts, tokens, geminiRequests, pineconeRequests } = await estimateIndexing(work);
    say(`To embed: ${texts} texts, about ${tokens} tokens.`);
    if (await missingStarter(database)) say('The films of the starter catalogue come on top.');
    if (config.gemini) say(`Gemini would get ${geminiRequests} requests.`);
    if (config.pinecone) say(`Pinecone would get ${pineconeRequests} requests.`);
    return DONE;
  }
  try {
    const starterIsIn = await bringStarter({ database, catalogue, onProgress: say, signal: stop });
    const { movies, shows } = await catalogue.stats();
    const progress = createProgress({ stream: process.stderr, label: 'index', total: movies + shows });
    const counts = await indexMovies({
      ...work,
      onProgress: (walked, so) => progress.advance(walked, `${so.embedded} embedded`),
    });
    progress.done();
    await starterIsIn?.();
    say(
      `${counts.embedded} embedded, ${counts.updated} updated, ${counts.unchanged} unchanged, ${counts.deleted} deleted; ` +
        `${counts.thin} say too little to be embedded, ${counts.unknown} say nothing the embedder knows.`,
    );
    const genres = { catalogue, file: genresFile, lockFile, signal: stop };
    if (await genresAreStale(genres)) await learn(genres, say);
    say('Titles and plots are made ready to be searched.');
    await prepareSearch(catalogue, config, stop);
    await store.prepare?.();
    return DONE;
  } catch (error) {
    if (stop.aborted) say(`Stopped. ${KEPT}`);
    else if (error instanceof IndexUnavailable || error instanceof RemoteFailure) say(KEPT);
    throw error;
  }
};

/** Makes what the next start would make: on a large catalogue it would take ten seconds longer. */
async function prepareSearch(catalogue: Catalogue, config: Config, signal: AbortSignal): Promise<void> {
  const { titles, features, plots } = writtenPaths(config);
  await (await openTitles({ catalogue, file: titles, signal })).close();
  await (await openFeatures({ catalogue, file: features, signal })).keep();
  const search = openPlotSearch({ catalogue: config.databaseFile, index: plots });
  try {
    await search.refresh(signal);
  } finally {
    await search.close();
  }
}

async function learn(options: GenreIndexOptions, say: (line: string) => void): Promise<void> {
  const measure = await indexGenres(options);
  if (!measure) return say('Too few movies have genres to learn them from.');
  say(
    `Genres are told from text with a micro-F1 of ${measure.f1.toFixed(2)}, ` +
      `measured on ${measure.movies} movies that were not learned from.`,
  );
}
