import { join } from 'node:path';

/** Where catalogue, vectors and lock of a test lie. */
export const placesIn = (folder: string) => ({
  database: join(folder, 'kindred.db'),
  vectors: join(folder, 'vectors'),
  lockFile: join(folder, 'index.lock'),
});
