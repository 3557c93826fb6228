import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { loadStarter } from '../../src/catalogue/starter.ts';
import { openBuiltInEmbedder } from '../../src/embedding/built-in.ts';
import { SHIPPED } from '../../src/paths.ts';
import type { Corpus } from '../../src/recommender/fit/corpus.ts';
import { signalsBetween } from '../../src/recommender/fit/fit-relevance.ts';
import { judgedCorpus, taughtTaste } from '../../src/recommender/fit/judged.ts';
import { readWeights } from '../../src/recommender/model.ts';
import { relevance } from '../../src/recommender/relevance.ts';
import type { Taste } from '../../src/taste/model.ts';
import { gain, type Likeness, measure, withInterval } from '../ranking/likeness.ts';

/** One line of the table: the measures are of films that were held back from fitting. */
export type SimilarRow = Readonly<Record<string, string>>;

/**
 * What ratings add to `similar`, with the weights that ship. Half of the people teach where films stand, the other half
 * judges which films are alike; so nobody judges themselves.
 *
 * @param folder A MovieLens set with `links.csv`.
 * @param large A database with a large catalogue, where there is one.
 */
export async function measureSimilar(folder: string, large?: string): Promise<SimilarRow[]> {
  await using opened = new AsyncDisposableStack();
  const open = async (file: string) =>
    new SqlCatalogue(opened.adopt(await openDatabase(file), (each) => each.close()));
  const small = await open(':memory:');
  await loadStarter(small, SHIPPED.starter);
  const catalogues = { starter: small, ...(large && { large: await open(large) }) };
  const embedder = await openBuiltInEmbedder(SHIPPED.words);
  const rows: SimilarRow[] = [];
  for (const [name, catalogue] of Object.entries(catalogues)) {
    const taste = await taughtTaste(folder, catalogue);
    rows.push(...(await compare(name, await judgedCorpus(name, catalogue, embedder, folder), taste)));
  }
  return rows;
}

async function compare(name: string, corpus: Corpus, taste: Taste): Promise<SimilarRow[]> {
  const model = { ...(await readWeights(SHIPPED.ranking)), cosine: corpus.cosine };
  const ratings = (a: number, b: number) =>
    taste.likeness(corpus.films[a]!.features.id, corpus.films[b]!.features.id);
  const ways: Record<string, Likeness> = {
    'without ratings': (a, b) => relevance(signalsBetween(corpus, a, b), model),
    'ratings alone': (a, b) => ratings(a, b)?.likeness ?? 0,
    'with ratings': (a, b) => {
      const rated = ratings(a, b);
      return relevance({ ...signalsBetween(corpus, a, b), ...(rated && { ratings: rated }) }, model);
    },
  };
  const base = measure(corpus, ways['without ratings']!);
  return Object.entries(ways).map(([way, likeness]) => {
    const measured = measure(corpus, likeness);
    return {
      catalogue: `${name}, ${measured.ndcg.length} films`,
      '': way,
      'AUC, all pairs': measured.pooled.toFixed(3),
      'AUC, by film': withInterval(measured.auc),
      'nDCG@10': withInterval(measured.ndcg),
      'gain in AUC': gain(measured.auc, base.auc),
      'gain in nDCG': gain(measured.ndcg, base.ndcg),
    };
  });
}
