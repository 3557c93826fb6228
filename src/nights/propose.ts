import type { Tools } from '../chat/command.ts';
import type { Night, NightMember } from '../people/nights.ts';
import type { GroupProposal } from '../recommender/personal/queries.ts';
import { type GroupWish, wishOfAll } from './wishes.ts';

export const MAX_PROPOSED = 5;

export interface Proposal {
  readonly found: GroupProposal;
  readonly wish: GroupWish;
  /** The wishes of the members left too few films, so what the night began with counted alone. */
  readonly widened: boolean;
}

/**
 * Films that the least pleased of the members would still like, and none of them has seen. Where some are proposed
 * already, others, as far as there are any.
 */
export async function proposeFor(
  night: Night,
  members: readonly NightMember[],
  tools: Pick<Tools, 'opinions' | 'recommender' | 'signal'>,
): Promise<Proposal> {
  const people = await Promise.all(
    members.map(async ({ owner, named }) => ({ opinions: await tools.opinions.of(owner), open: named })),
  );
  const find = async (wish: GroupWish) =>
    tools.recommender.forGroup({
      ...wish,
      members: people,
      count: MAX_PROPOSED + night.proposal.length,
      adult: night.adult,
      ...(tools.signal && { signal: tools.signal }),
    });
  const wish = wishOfAll(night.wish, members);
  const found = fresh(night, await find(wish));
  if (found.items.length === MAX_PROPOSED) return { found, wish, widened: false };
  // The words still say what they are in the mood for; only the bounds go.
  const wider = { ...wish, filters: night.wish.filters };
  const more = fresh(night, await find(wider));
  return more.items.length > found.items.length
    ? { found: more, wish: wider, widened: true }
    : { found, wish, widened: false };
}

function fresh({ proposal }: Night, found: GroupProposal): GroupProposal {
  const before = new Set(proposal.map(({ movie }) => movie));
  const others = found.items.filter(({ movie }) => !before.has(movie.number));
  const shown = (others.length > 0 ? others : found.items).slice(0, MAX_PROPOSED);
  return { ...found, items: shown.map((item, at) => ({ ...item, rank: at + 1 })) };
}
