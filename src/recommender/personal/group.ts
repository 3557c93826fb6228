import type { Filter } from '../../vectors/filter.ts';
import { arrange } from '../arrange.ts';
import { cosine } from '../blend.ts';
import type { Features } from '../features.ts';
import { conditionsOf, type FilterContext } from '../filters.ts';
import { foldSeries } from '../fold-series.ts';
import { leftOut } from '../left-out.ts';
import { meaningOf } from '../meaning.ts';
import { pageOf } from '../page.ts';
import { callOptions, type Ranked, type RecommenderParts, type Serving } from '../parts.ts';
import type { Reason } from '../reasons.ts';
import type { Remark } from '../recommender.ts';
import { relevanceOfText } from '../relevance.ts';
import { candidatesOf } from './candidates.ts';
import { profileOf } from './profile.ts';
import type { GroupProposal, GroupQuery } from './queries.ts';
import { fetchVectors, nearTo, type Person, personOf, type RankedFor, scorerFor, vectorsOf } from './rank.ts';

/** How much the mean of all counts beside the least pleased, and the mood beside both. */
const MEAN = 0.5;
const MOOD = 0.5;

interface Member {
  readonly known: ReadonlySet<number>;
  readonly person: Person;
  readonly open: boolean;
}

interface Search {
  readonly members: readonly Member[];
  readonly mood: Float32Array | undefined;
  readonly filter: Filter;
  readonly signal: AbortSignal | undefined;
}

interface RankedForGroup extends RankedFor {
  readonly mean: number;
}

/** Films that the least pleased of several people would still like: see `Personal`. */
export async function forGroup(parts: RecommenderParts, query: GroupQuery): Promise<GroupProposal> {
  const { filters, signal, count } = query;
  const serving = await parts.serving(signal);
  const context: FilterContext = { kind: 'movie', adult: query.adult ?? false };
  const members = await Promise.all(
    query.members.map(async ({ opinions, open }): Promise<Member> => {
      const profile = await profileOf(parts, opinions, query);
      return { known: profile.known, person: personOf(parts, profile), open };
    }),
  );
  const { vector: mood, remarks: ofMood } = await moodOf(serving, query.mood, signal);
  const rank = (filter: Filter) => rankForAll(parts, serving, { members, mood, filter, signal });
  const ranked = await rank(conditionsOf(filters, context));
  // How well known a film is already counts in its place.
  const ordered = arrange(ranked, { ...serving.model.order, popularity: 0 }, parts.features.size);
  const list = filters.withFranchise ? ordered : foldSeries(ordered, [], parts.features);
  const closest = async (filter: Filter, limit: number) =>
    (await rank(filter)).slice(0, limit).map(({ features }) => features.id);
  const left = await leftOut(parts, { filters, context, found: list.length, closest, signal });
  const byId = new Map(ranked.map((each) => [each.features.id, each]));
  const reasonsFor = ({ features }: Ranked) => [reasonOf(byId.get(features.id)?.because, mood !== undefined)];
  const { items, remarks } = await pageOf(
    parts,
    { ordered: list, remarks: [...ofMood, ...left], reasonsFor },
    { page: 1, pageSize: count, adult: query.adult ?? false, ...callOptions(signal) },
  );
  return { items: items.map((item) => ({ ...item, mean: byId.get(item.movie.id)!.mean })), remarks };
}

function reasonOf(because: Features | undefined, inMood: boolean): Reason {
  if (because) return { kind: 'likedByOne', values: [because.title] };
  return { kind: inMood ? 'mood' : 'wellKnown', values: [] };
}

async function moodOf(
  serving: Serving,
  words: string | undefined,
  signal: AbortSignal | undefined,
): Promise<{ vector?: Float32Array | undefined; remarks: Remark[] }> {
  if (!words) return { remarks: [] };
  const { vector } = await meaningOf(serving, words, signal);
  return { vector, remarks: vector ? [] : [{ kind: 'moodNotUnderstood' }] };
}

async function rankForAll(
  parts: RecommenderParts,
  serving: Serving,
  { members, mood, filter, signal }: Search,
): Promise<RankedForGroup[]> {
  const known = new Set(members.flatMap((member) => [...member.known]));
  const own = await Promise.all(members.map(({ person }) => vectorsOf(serving, person.anchors, signal)));
  const wishes = [
    ...members.map(({ person }, i) => ({ near: nearTo(person, own[i]!), ratings: person.ratings })),
    ...(mood ? [{ near: [mood] }] : []),
  ];
  const found = await Promise.all(
    (wishes.length > 0 ? wishes : [{ near: [] }]).map((wish) =>
      candidatesOf(parts, serving, { ...wish, known, filter, signal }),
    ),
  );
  const candidates = [...new Set(found.flat())];
  const vectors = await fetchVectors(serving, candidates, signal);
  const scorers = members.map(({ person, open }, i) => {
    const score = scorerFor(parts, serving, person, new Map([...own[i]!, ...vectors]));
    return { score, open };
  });
  return candidates
    .map((features) => {
      const each = scorers.map(({ score, open }) => ({ ...score(features), open }));
      const vector = vectors.get(features.id);
      const fitting = mood ? relevanceOfText(vector && cosine(mood, vector), serving.model) : 0;
      return together(features, each, fitting);
    })
    .sort((a, b) => b.place - a.place || a.features.number - b.features.number);
}

/** The least pleased decides, then the mean, then the mood; the reason is that of whoever is pleased most. */
function together(
  features: Features,
  each: readonly (RankedFor & { readonly open: boolean })[],
  fitting: number,
): RankedForGroup {
  const lowest = (values: readonly number[]) => Math.min(1, ...values);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const places = each.map(({ place }) => place);
  const relevances = each.map(({ relevance }) => relevance);
  const [keenest] = each
    .filter(({ open, because }) => open && because)
    .sort((a, b) => b.relevance - a.relevance);
  return {
    features,
    relevance: lowest(relevances),
    mean: mean(relevances),
    place: lowest(places) + MEAN * mean(places) + MOOD * fitting,
    because: keenest?.because,
  };
}
