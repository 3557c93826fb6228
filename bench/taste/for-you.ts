import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { openBuiltInEmbedder } from '../../src/embedding/built-in.ts';
import { SHIPPED } from '../../src/paths.ts';
import type { Opinion } from '../../src/people/opinions.ts';
import type { Given } from '../../src/recommender/fit/fit-liking.ts';
import { judgesIn, taughtTaste } from '../../src/recommender/fit/judged.ts';
import type { LargeCatalogue } from '../../src/recommender/fit/large.ts';
import { mean } from '../../src/recommender/fit/measures.ts';
import { readWeights } from '../../src/recommender/model.ts';
import type { Recommender } from '../../src/recommender/recommender.ts';
import { LIKED_STARS } from '../../src/taste/ratings.ts';
import { withInterval } from '../ranking/likeness.ts';
import { type OpenRecommender, openRecommender, time } from '../ranking/speed.ts';

const LISTED = 20;
/** How many of a person's ratings, the oldest first, are told; so the future is foreseen from the past. */
const TOLD = [1, 5, 20, 100];
const ASKED = 400;

export interface ForYouRow {
  readonly what: string;
  readonly measured: string;
  readonly aim?: string;
}

/**
 * `/foryou` as people get it, on a large catalogue: how many of the films that somebody came to like later are among
 * the first twenty, from so many ratings; and how long it takes. Half of the people of the set teach, these are others.
 */
export async function measureForYou(folder: string, large: LargeCatalogue): Promise<ForYouRow[]> {
  await using opened = new AsyncDisposableStack();
  const catalogue = new SqlCatalogue(opened.adopt(await openDatabase(large.file), (each) => each.close()));
  const taste = await taughtTaste(folder, catalogue);
  const judges = await judgesIn(folder, catalogue);
  const open = async (withTaste: boolean) =>
    opened.use(
      await openRecommender(
        large,
        await openBuiltInEmbedder(SHIPPED.words),
        await readWeights(SHIPPED.ranking),
        withTaste ? () => taste : undefined,
      ),
    );
  const [rated, bare] = [await open(true), await open(false)];
  return [...(await recalls(judges, rated, bare)), await timeForYou(judges, rated)];
}

async function recalls(
  judges: readonly Given[],
  rated: OpenRecommender,
  bare: OpenRecommender,
): Promise<ForYouRow[]> {
  const rows: ForYouRow[] = [];
  for (const told of TOLD) {
    const asked = judges.filter((given) => likedAfter(given, told).length > 0);
    const ways = {
      ratings: await Promise.all(asked.map((given) => recall(rated.recommender, given, told))),
      'likeness alone': await Promise.all(asked.map((given) => recall(bare.recommender, given, told))),
      popularity: await Promise.all(asked.map((given) => recall(bare.recommender, given, told, []))),
    };
    for (const [way, values] of Object.entries(ways))
      rows.push({
        what: `recall@${LISTED} of /foryou from ${told} ratings, by ${way} (${asked.length} people)`,
        measured: withInterval(values),
      });
  }
  return rows;
}

function likedAfter(given: Given, told: number): number[] {
  return given.slice(told).flatMap(({ movie, stars }) => (stars >= LIKED_STARS ? movie : []));
}

async function recall(
  recommender: Recommender,
  given: Given,
  told: number,
  opinions = opinionsOf(given.slice(0, told)),
): Promise<number> {
  const liked = new Set(likedAfter(given, told));
  const seen = opinionsOf(given.slice(0, told)).map((each) => ({ movie: each.movie, at: 0 }));
  const list = await recommender.forYou({
    opinions:
      opinions.length > 0 ? opinions : seen.map((each) => ({ ...each, seen: true, dismissed: false })),
    filters: { withFranchise: true },
    page: 1,
    pageSize: LISTED,
  });
  const found = list.items.filter(({ movie }) => liked.has(movie.number)).length;
  return found / Math.min(LISTED, liked.size);
}

/** The newest first, as the store gives them. */
function opinionsOf(given: Given): Opinion[] {
  return given.map(({ movie, stars }) => ({ movie, stars, seen: true, dismissed: false, at: 0 })).reverse();
}

async function timeForYou(judges: readonly Given[], { recommender, catalogue }: OpenRecommender) {
  const { movies, shows } = await catalogue.stats();
  const asked = Array.from({ length: ASKED }, (_, i) => opinionsOf(judges[i % judges.length]!));
  const { p50, p99, processor } = await time(asked, (opinions) =>
    recommender.forYou({ opinions, filters: {}, page: 1, pageSize: 5 }),
  );
  const all = mean(asked.map(({ length }) => length));
  return {
    what: `/foryou core p99 at ${(movies + shows).toLocaleString('en')} titles, ${all.toFixed(0)} ratings on average, ms`,
    measured: `${p99.toFixed(1)} (half within ${p50.toFixed(1)}; processor time ${processor.toFixed(1)})`,
    aim: '≤ 50',
  };
}
