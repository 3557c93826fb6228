import type { Logger } from 'pino';
import { openDatabase } from './catalogue/sql/open.ts';
import { SqlCatalogue } from './catalogue/sql/sql-catalogue.ts';
import { sqlPreferences, sqlViews } from './catalogue/sql/views.ts';
import type { Config } from './config.ts';
import { openEmbedders } from './embedding/open.ts';
import { learnGenres, prepareFirstStart } from './first-start.ts';
import { follow } from './follow.ts';
import { SHIPPED, tasteFiles, writtenPaths } from './paths.ts';
import { type Forgetting, sqlForgetting } from './people/forgetting.ts';
import type { ImportStore } from './people/imports.ts';
import type { NightStore } from './people/nights.ts';
import type { OpinionStore } from './people/opinions.ts';
import { sqlImports } from './people/sql-imports.ts';
import { sqlNights } from './people/sql-nights.ts';
import { sqlOpinions } from './people/sql-opinions.ts';
import { sqlUploadLinks, type UploadLinks } from './people/upload-links.ts';
import { createRecommender } from './recommender/create.ts';
import { genresInUse } from './recommender/genres-in-use.ts';
import { readWeights } from './recommender/model.ts';
import { openFeatures } from './recommender/open-features.ts';
import type { Recommender } from './recommender/recommender.ts';
import { openPlotSearch } from './search/open.ts';
import { servingFrom } from './serving.ts';
import { openTaste } from './taste/open.ts';
import { openTitles } from './titles/open.ts';
import type { Titles } from './titles/titles.ts';
import { type OpenVectorStoreOptions, openSpareStore, openVectorStore } from './vectors/open.ts';
import { IndexUnavailable } from './vectors/vector-index.ts';
import type { VectorStore } from './vectors/vector-store.ts';

/** The stores and what answers from them, opened together and closed together. */
export interface Core {
  readonly catalogue: SqlCatalogue;
  readonly titles: Titles;
  readonly recommender: Recommender;
  readonly views: ReturnType<typeof sqlViews>;
  readonly preferences: ReturnType<typeof sqlPreferences>;
  readonly opinions: OpinionStore;
  readonly imports: ImportStore;
  readonly uploadLinks: UploadLinks;
  readonly nights: NightStore;
  readonly forgetting: Forgetting;
  readonly vectors: VectorStore;
  /** What people type is sent to a service outside to be embedded. */
  readonly textLeaves: boolean;
  /** Where people reach the web page, with a slash at its end. */
  readonly publicUrl: string | undefined;
  /** Rises whenever what this process answers from has followed the catalogue. */
  version(): number;
  /** Resolves where the database and the index answer, rejects with the reason otherwise. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenCoreOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Called with what a first start is doing, which takes a second or two, and with what it lacks. */
  readonly onProgress?: (note: string) => void;
  /** Gives up opening. */
  readonly signal?: AbortSignal;
}

/**
 * Opens everything that answers questions. What a first start needs is made here; later starts only open it. What an
 * index lacks while it can answer is made in the background, until `close`. Rejects with the signal's reason, and with
 * `EmbedderUnavailable` where nobody is left who could embed for the index in use.
 */
export async function openCore(options: OpenCoreOptions): Promise<Core> {
  // Closed in the reverse order of opening, also where a later part cannot be opened.
  const opened = new AsyncDisposableStack();
  try {
    const core = await openParts(options, opened);
    return { ...core, close: () => opened.disposeAsync() };
  } catch (error) {
    await opened.disposeAsync();
    throw error;
  }
}

async function openParts(
  { config, log, onProgress, signal }: OpenCoreOptions,
  opened: AsyncDisposableStack,
): Promise<Omit<Core, 'close'>> {
  const paths = writtenPaths(config);
  const database = opened.adopt(await openDatabase(config.databaseFile), (each) => each.close());
  const catalogue = new SqlCatalogue(database);
  const embedders = await openEmbedders({
    gemini: config.gemini,
    words: SHIPPED.words,
    log,
    signal,
    onWait: (milliseconds) => log.info({ milliseconds }, "Gemini's quota is used up; indexing waits"),
  });
  const places = vectorPlaces(config, log, signal);
  const vectors = opened.adopt(await openVectorStore(places), (each) => each.close());
  const spare = await openSpareStore(places).catch((error) => {
    log.warn({ err: error }, 'the embedded vectors beside Pinecone cannot be opened; going on without them');
  });
  if (spare) opened.defer(() => spare.close());
  const starter = {
    database,
    catalogue,
    embedders,
    vectors,
    lockFile: paths.indexLock,
    genresFile: paths.genres,
    storeIsFar: config.pinecone !== undefined,
    log,
  };
  const indexing = await prepareFirstStart({ ...starter, onProgress, signal });

  const titles = opened.adopt(await openTitles({ catalogue, file: paths.titles }), (each) => each.close());
  const plots = opened.adopt(openPlotSearch({ catalogue: config.databaseFile, index: paths.plots }), (each) =>
    each.close(),
  );
  const { features, keep } = await openFeatures({ catalogue, file: paths.features, signal });
  const genres = genresInUse(paths.genres, ({ guesses }) => features.guess(guesses));
  await genres();
  const weights = await readWeights(SHIPPED.ranking);
  const ranking = { embedders, features, weights };
  let measured = servingFrom({ vectors, ...ranking });
  const serving = (call?: AbortSignal) => measured(call);

  const opinions = sqlOpinions(database.db);
  const taste = opened.adopt(
    await openTaste({ files: tasteFiles(config), merged: () => catalogue.merged(), opinions, log }),
    (each) => each.stop(),
  );

  let version = 0;
  const following = opened.adopt(
    follow({
      catalogue,
      from: titles.revision,
      log,
      async apply(changes) {
        await titles.apply(changes);
        features.apply(changes);
        await features.linkSeries();
        if (changes.gone.length > 0) await taste.moved();
        version++;
      },
    }),
    (each) => each.stop(),
  );
  await following.catchUp();
  await serving(signal).catch((error) => {
    if (!(error instanceof IndexUnavailable)) throw error;
    onProgress?.(`No similar films can be told yet: ${error.message}.`);
  });
  if (features.size <= LINKED_AT_START) await features.linkSeries(signal);
  const background = inBackground(async (stopped) => {
    await features.linkSeries(stopped);
    if (indexing) {
      await indexing(stopped);
      // An index that answered while it grew is measured anew.
      measured = servingFrom({ vectors, ...ranking });
      version++;
    }
    // A copy that cannot be written makes the next start slower, nothing else.
    await keep().catch(() => {});
    await learnGenres(starter, stopped);
  });
  opened.defer(background.stop);

  return {
    catalogue,
    titles,
    recommender: createRecommender({
      catalogue,
      features,
      plots,
      genres,
      serving,
      taste: taste.current,
      ...(spare && { spare: servingFrom({ vectors: spare, ...ranking }) }),
    }),
    textLeaves: config.gemini !== undefined,
    publicUrl: config.http.publicUrl?.replace(/\/?$/u, '/'),
    views: sqlViews(database.db),
    preferences: sqlPreferences(database.db),
    opinions,
    nights: sqlNights(database.db),
    forgetting: sqlForgetting(database.db),
    imports: sqlImports(database.db),
    uploadLinks: sqlUploadLinks(database.db),
    vectors,
    version: () => version,
    async check() {
      await catalogue.revision();
      await (await serving()).index.info();
    },
  };
}

/** Where vectors live, for a process that answers people. */
function vectorPlaces(config: Config, log: Logger, signal?: AbortSignal): OpenVectorStoreOptions {
  return {
    embedded: {
      folder: writtenPaths(config).vectors,
      serve: true,
      onError: (error) => log.warn({ err: error }, 'the vectors could not be followed; trying again'),
    },
    pinecone: config.pinecone && { config: config.pinecone, log, serve: true, signal },
  };
}

/** Runs what never rejects beside everything else; `stop` fires its signal and waits for its end. */
function inBackground(act: (signal: AbortSignal) => Promise<void>): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const done = act(stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

/** Finding the series of more movies than this takes seconds, for which no start waits. */
const LINKED_AT_START = 5000;
