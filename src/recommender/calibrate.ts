import type { MovieId } from '../catalogue/movie.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import { cosine } from './blend.ts';
import type { RelevanceModel } from './relevance.ts';

type Spread = RelevanceModel['cosine'];

/** Vectors looked at: some 20,000 pairs, which settles mean and deviation to about one percent. */
const SAMPLE = 200;

/** What to assume of an index that has too few vectors to measure. */
const UNKNOWN: Spread = { mean: 0, deviation: 0.2 };

/**
 * Mean and standard deviation of the cosine between movies that have nothing to do with each other: what makes the
 * cosines of different embedders comparable. Takes every so-manieth id, so that it is the same at every start.
 */
export async function measureCosines(
  index: Pick<VectorIndex, 'fetch'>,
  ids: readonly MovieId[],
): Promise<Spread> {
  const step = Math.max(1, Math.floor(ids.length / SAMPLE));
  const sample = ids.filter((_, position) => position % step === 0).slice(0, SAMPLE);
  const vectors = [...(await index.fetch(sample)).values()];
  if (vectors.length < 20) return UNKNOWN;
  let [count, sum, squares] = [0, 0, 0];
  for (const [position, a] of vectors.entries())
    for (const b of vectors.slice(position + 1)) {
      const close = cosine(a, b);
      count++;
      sum += close;
      squares += close * close;
    }
  const mean = sum / count;
  return { mean, deviation: Math.max(1e-6, Math.sqrt(squares / count - mean * mean)) };
}
