import type { Opinion, OpinionStore } from './opinions.ts';

/** Stars that a thumb stands for. */
const THUMBS = { liked: 4.5, disliked: 1.5 } as const;

/** What somebody says of a movie: stars, or a word that stands for them. */
export type Said =
  | { readonly stars: number }
  | { readonly verdict: 'liked' | 'disliked' | 'seen' | 'dismissed' };

/** Writes it down; answers with what stood before. */
export async function record(
  opinions: OpinionStore,
  owner: string,
  movie: number,
  said: Said,
  at: number,
): Promise<Opinion | undefined> {
  if ('stars' in said)
    return opinions.put(owner, { movie, stars: said.stars, seen: true, dismissed: false, at });
  const { verdict } = said;
  if (verdict === 'liked' || verdict === 'disliked')
    return opinions.put(owner, { movie, stars: THUMBS[verdict], seen: true, dismissed: false, at });
  const before = await opinions.on(owner, movie);
  // Added, so that stars given at this moment on another device stay.
  await opinions.putAll(owner, [{ movie, seen: verdict === 'seen', dismissed: verdict === 'dismissed', at }]);
  return before;
}
