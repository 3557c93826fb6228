import { join } from 'node:path';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import type { LargeCatalogue } from '../../src/recommender/fit/large.ts';
import { mean } from '../../src/recommender/fit/measures.ts';
import { plotSides, type Question } from '../../src/recommender/fit/plot-questions.ts';
import { loadGenres } from '../../src/recommender/genre-file.ts';
import type { FittedWeights } from '../../src/recommender/model.ts';
import { fuse, type PlotSides } from '../../src/recommender/plot.ts';
import { readFeatures } from '../../src/recommender/read-features.ts';
import { FullText } from '../../src/search/full-text.ts';
import { servingFrom } from '../../src/serving.ts';
import { EmbeddedStore } from '../../src/vectors/embedded/embedded-store.ts';

const NOT_FOUND = 1000;

/** The rank of the film meant, for each question, by words alone, by vectors alone, and by both. */
export async function rankPlots(
  { file, folder, genres }: LargeCatalogue,
  embedder: Embedder,
  weights: FittedWeights,
  questions: readonly Question[],
): Promise<{ described: number; ranks: Record<string, number[]> }> {
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(file), (each) => each.close());
  const vectors = opened.adopt(await EmbeddedStore.open({ folder }), (each) => each.close());
  const catalogue = new SqlCatalogue(database);
  const features = await readFeatures(catalogue);
  await features.linkSeries();
  const { index, model } = await servingFrom({ vectors, embedders: [embedder], features, weights })();
  const search = new FullText(file, join(folder, 'plots.db'));
  while (search.refresh());
  const { model: teller } = (await loadGenres(genres))!;
  const sidesOf = plotSides(search, index, embedder, teller);
  const movies = await catalogue.get(questions.map(({ id }) => id));
  const ranks: Record<string, number[]> = {
    'words alone': [],
    'vectors alone': [],
    'words and vectors': [],
    '**all, steered by genres**': [],
  };
  for (const { id: asked, text } of questions) {
    const id = movies.get(asked)?.id;
    const sides = await sidesOf(text);
    const byCosine = [...sides.cosines].sort(([, a], [, b]) => b - a).map(([each]) => each);
    ranks['words alone']!.push(
      rankIn(
        sides.words.map((hit) => hit.id),
        id,
      ),
    );
    ranks['vectors alone']!.push(rankIn(byCosine, id));
    const fused = (from: PlotSides) => fuse(features, model, from).map((each) => each.features.id);
    ranks['words and vectors']!.push(rankIn(fused({ ...sides, genres: [] }), id));
    ranks['**all, steered by genres**']!.push(rankIn(fused(sides), id));
  }
  return { described: features.size, ranks };
}

function rankIn(list: readonly string[], id: string | undefined): number {
  const at = id === undefined ? -1 : list.indexOf(id);
  return at < 0 ? NOT_FOUND : at + 1;
}

/** Whether each stands among the first so many. */
export function within(ranks: readonly number[], depth: number): number[] {
  return ranks.map((rank) => (rank <= depth ? 1 : 0));
}

export function reciprocal(ranks: readonly number[]): string {
  return mean(ranks.map((rank) => (rank === NOT_FOUND ? 0 : 1 / rank))).toFixed(3);
}
