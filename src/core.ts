import type { Logger } from 'pino';
import type { Changes } from './catalogue/catalogue.ts';
import { openDatabase } from './catalogue/sql/open.ts';
import { SqlCatalogue } from './catalogue/sql/sql-catalogue.ts';
import { sqlPreferences, sqlViews } from './catalogue/sql/views.ts';
import type { Config } from './config.ts';
import { openBuiltInEmbedder } from './embedding/built-in.ts';
import { follow } from './follow.ts';
import { SHIPPED, writtenPaths } from './paths.ts';
import { measureCosines } from './recommender/calibrate.ts';
import { FeatureTable } from './recommender/features.ts';
import { modelFor, readWeights } from './recommender/model.ts';
import type { Recommender } from './recommender/recommender.ts';
import { createRecommender } from './recommender/similar.ts';
import { prepareStarter } from './starter.ts';
import { openTitles } from './titles/open.ts';
import type { Titles } from './titles/titles.ts';
import { openVectorStore } from './vectors/open.ts';
import { embedderOf, type VectorStore } from './vectors/vector-store.ts';

/** The stores and what answers from them, opened together and closed together. */
export interface Core {
  readonly catalogue: SqlCatalogue;
  readonly titles: Titles;
  readonly recommender: Recommender;
  readonly views: ReturnType<typeof sqlViews>;
  readonly preferences: ReturnType<typeof sqlPreferences>;
  readonly vectors: VectorStore;
  /** Resolves where the database and the index answer, rejects with the reason otherwise. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenCoreOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Called with what a first start is doing, which takes a second or two. */
  readonly onProgress?: (note: string) => void;
}

/** Opens everything that answers questions. What a first start needs is made here; later starts only open it. */
export async function openCore({ config, log, onProgress }: OpenCoreOptions): Promise<Core> {
  const paths = writtenPaths(config);
  const database = await openDatabase(config.databaseFile);
  const catalogue = new SqlCatalogue(database);
  const embedder = await openBuiltInEmbedder(SHIPPED.words);
  const vectors = await openVectorStore({
    embedded: {
      folder: paths.vectors,
      serve: true,
      onError: (error) => log.warn({ err: error }, 'the vectors could not be followed; trying again'),
    },
  });
  await prepareStarter({ database, catalogue, embedder, vectors, lockFile: paths.indexLock, onProgress });

  const index = await vectors.current();
  if (index) await embedderOf(index, [embedder]);
  const titles = await openTitles({ catalogue, file: paths.titles });
  const features = await loadFeatures(catalogue);
  const weights = await readWeights(SHIPPED.ranking);
  const model = modelFor(
    weights,
    index ? await measureCosines(index, features.ids()) : { mean: 0, deviation: 0.2 },
  );

  const following = follow({
    catalogue,
    from: titles.revision,
    log,
    async apply(changes) {
      await titles.apply(changes);
      applyToFeatures(features, changes);
    },
  });
  await following.catchUp();

  return {
    catalogue,
    titles,
    recommender: createRecommender({
      catalogue,
      index: () => currentIndex(vectors),
      features,
      model: () => model,
    }),
    views: sqlViews(database.db),
    preferences: sqlPreferences(database.db),
    vectors,
    async check() {
      await catalogue.stats();
      await (await currentIndex(vectors)).info();
    },
    async close() {
      await following.stop();
      await titles.close();
      await vectors.close();
      await database.close();
    },
  };
}

async function currentIndex(vectors: VectorStore) {
  const index = await vectors.current();
  if (!index) throw new Error('there is no index yet: run "npm run index"');
  return index;
}

const FEATURE_PAGE = 2000;

async function loadFeatures(catalogue: SqlCatalogue): Promise<FeatureTable> {
  const features = new FeatureTable();
  for (let after = 0; ; ) {
    const page = await catalogue.described(after, FEATURE_PAGE);
    for (const movie of page) features.put(movie);
    const last = page.at(-1);
    if (!last) return features;
    after = last.number;
  }
}

function applyToFeatures(features: FeatureTable, changes: Changes): void {
  for (const { id } of changes.gone) features.delete(id);
  for (const movie of changes.described) features.put(movie);
}
