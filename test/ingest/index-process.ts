/**
 * `npm run index` as a process of its own, for tests: `node index-process.ts FOLDER BATCH_SIZE`. Says on standard
 * output how many texts each batch embeds, before it embeds them.
 */
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { indexMovies } from '../../src/ingest/index-movies.ts';
import { EmbeddedStore } from '../../src/vectors/embedded/embedded-store.ts';
import { themeEmbedder } from '../fixtures/theme-embedder.ts';
import { placesIn } from './places.ts';

const [folder, batchSize] = process.argv.slice(2);
const places = placesIn(folder!);
const database = await openDatabase(places.database);
const store = await EmbeddedStore.open({ folder: places.vectors });
const embedder = themeEmbedder();
await indexMovies({
  catalogue: new SqlCatalogue(database),
  embedder: {
    ...embedder,
    embed(texts, options) {
      process.stdout.write(`${texts.length}\n`);
      return embedder.embed(texts, options);
    },
  },
  store,
  lockFile: places.lockFile,
  batchSize: Number(batchSize),
});
await store.close();
await database.close();
