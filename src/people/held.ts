import type { Catalogue, PreferenceStore } from '../catalogue/catalogue.ts';
import type { NightRecord, NightStore } from './nights.ts';
import type { OpinionStore } from './opinions.ts';

/** Movies looked up at a time. */
const PAGE = 500;

interface HeldOpinion {
  readonly id: string;
  readonly title: string;
  readonly year?: number;
  readonly stars?: number;
  readonly seen: boolean;
  readonly notThis: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/** A movie night they took part in: its chat, their name there, their wishes and their vote. */
type HeldNight = Omit<NightRecord, 'began'> & { readonly began: string };

/** Everything held about an account, as its file shows it. */
export interface Held {
  readonly account: string;
  readonly language?: string;
  readonly opinions: readonly HeldOpinion[];
  readonly movieNights: readonly HeldNight[];
}

interface Stores {
  readonly nights: Pick<NightStore, 'of'>;
  readonly opinions: OpinionStore;
  readonly preferences: PreferenceStore;
  readonly catalogue: Pick<Catalogue, 'byNumber'>;
}

export async function heldAbout(
  owner: string,
  { opinions, nights, preferences, catalogue }: Stores,
): Promise<Held> {
  const language = await preferences.language(owner);
  const all = await opinions.of(owner);
  const held: HeldOpinion[] = [];
  for (let start = 0; start < all.length; start += PAGE) {
    const page = all.slice(start, start + PAGE);
    const movies = await catalogue.byNumber(page.map(({ movie }) => movie));
    for (const { movie, stars, seen, dismissed, at } of page) {
      const { id, title, year } = movies.get(movie)!;
      held.push({
        id,
        title,
        ...(year !== undefined && { year }),
        ...(stars !== undefined && { stars }),
        seen,
        notThis: dismissed,
        at: new Date(at).toISOString(),
      });
    }
  }
  const movieNights = (await nights.of(owner)).map((night) => ({
    ...night,
    began: new Date(night.began).toISOString(),
  }));
  return { account: owner, ...(language !== undefined && { language }), opinions: held, movieNights };
}
