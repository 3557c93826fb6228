import { readStarter, starterHash } from '../../catalogue/starter.ts';
import { SHIPPED } from '../../paths.ts';
import type { Source } from './source.ts';

/** The catalogue that ships with the project, or another folder of its form. */
export const starter: Source = {
  marks: 'starter',
  identity: async ({ dir }) => String(await starterHash(dir ?? SHIPPED.starter)),
  async *read({ dir }) {
    for (const { name, films } of await readStarter(dir ?? SHIPPED.starter))
      yield {
        entries: films.map((raw, index) => ({ type: 'movie', at: `${name}, film ${index + 1}`, raw })),
      };
  },
};
