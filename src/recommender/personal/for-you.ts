import type { Kind } from '../../catalogue/movie.ts';
import type { Filter } from '../../vectors/filter.ts';
import { arrange } from '../arrange.ts';
import { conditionsOf, type FilterContext } from '../filters.ts';
import { foldSeries } from '../fold-series.ts';
import { leftOut } from '../left-out.ts';
import { pageOf } from '../page.ts';
import { callOptions, type Ranked, type RecommenderParts } from '../parts.ts';
import type { Reason } from '../reasons.ts';
import { type Profile, profileOf, surenessOf } from './profile.ts';
import type { ForYouPage, ForYouQuery } from './queries.ts';
import { rankFor } from './rank.ts';

/** Ranked films for one person: see `Personal`. */
export async function forYou(parts: RecommenderParts, query: ForYouQuery): Promise<ForYouPage> {
  const { filters, signal } = query;
  const [serving, profile] = await Promise.all([
    parts.serving(signal),
    profileOf(parts, query.opinions, query),
  ]);
  const context: FilterContext = { kind: usualKind(profile), adult: query.adult ?? false };
  const rank = (filter: Filter) => rankFor(parts, serving, profile, { filter, ...callOptions(signal) });
  const ranked = await rank(conditionsOf(filters, context));
  // How well known a film is already counts in its place.
  const ordered = arrange(ranked, { ...serving.model.order, popularity: 0 }, parts.features.size);
  const list = filters.withFranchise ? ordered : foldSeries(ordered, [], parts.features);
  const closest = async (filter: Filter, limit: number) =>
    (await rank(filter)).slice(0, limit).map(({ features }) => features.id);
  const remarks = await leftOut(parts, { filters, context, found: list.length, closest, signal });
  const because = new Map(ranked.map((each) => [each.features.id, each.because]));
  const reasonsFor = ({ features }: Ranked): Reason[] => {
    const liked = because.get(features.id);
    return [liked ? { kind: 'liked', values: [liked.title] } : { kind: 'wellKnown', values: [] }];
  };
  const page = await pageOf(parts, { ordered: list, remarks, reasonsFor }, query);
  return { ...page, sureness: surenessOf(profile) };
}

/** Shows for whoever likes shows; films for everybody else. */
function usualKind({ liked }: Pick<Profile, 'liked'>): Kind {
  const shows = liked.filter(({ features }) => features.kind === 'show').length;
  return shows > liked.length / 2 ? 'show' : 'movie';
}
