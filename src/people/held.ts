import type { Catalogue, PreferenceStore } from '../catalogue/catalogue.ts';
import type { Movie } from '../catalogue/movie.ts';
import type { ImportStore } from './imports.ts';
import type { NightRecord, NightStore } from './nights.ts';
import type { Opinion, OpinionStore } from './opinions.ts';
import type { UploadLinks } from './upload-links.ts';

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

/** The last history they brought: what was said before of the films that it changed, so that it can be taken back. */
interface HeldImport {
  readonly from: string;
  readonly at: string;
  readonly changed: readonly (Pick<HeldOpinion, 'id' | 'title'> & { readonly before?: HeldOpinion })[];
}

/** Everything held about an account, as its file shows it. */
export interface Held {
  readonly account: string;
  readonly language?: string;
  readonly opinions: readonly HeldOpinion[];
  readonly lastImport?: HeldImport;
  /** Until when each is kept, where there is any. */
  readonly uploadLinks?: readonly string[];
  readonly movieNights: readonly HeldNight[];
}

interface Stores {
  readonly nights: Pick<NightStore, 'of'>;
  readonly opinions: OpinionStore;
  readonly imports: Pick<ImportStore, 'last' | 'changes'>;
  readonly uploadLinks: Pick<UploadLinks, 'of'>;
  readonly preferences: PreferenceStore;
  readonly catalogue: Pick<Catalogue, 'byNumber'>;
}

export async function heldAbout(owner: string, stores: Stores): Promise<Held> {
  const { opinions, nights, preferences, uploadLinks, catalogue } = stores;
  const language = await preferences.language(owner);
  const all = await opinions.of(owner);
  const movies = await moviesOf(all, catalogue);
  const lastImport = await heldImport(owner, stores);
  const links = (await uploadLinks.of(owner)).map((ends) => new Date(ends).toISOString());
  const movieNights = (await nights.of(owner)).map((night) => ({
    ...night,
    began: new Date(night.began).toISOString(),
  }));
  return {
    account: owner,
    ...(language !== undefined && { language }),
    opinions: all.map((opinion) => heldOpinion(opinion, movies)),
    ...(lastImport && { lastImport }),
    ...(links.length > 0 && { uploadLinks: links }),
    movieNights,
  };
}

async function heldImport(owner: string, { imports, catalogue }: Stores): Promise<HeldImport | undefined> {
  const last = await imports.last(owner);
  if (!last) return undefined;
  const changes = await imports.changes(last.id);
  const movies = await moviesOf(changes, catalogue);
  return {
    from: last.source,
    at: new Date(last.at).toISOString(),
    changed: changes.map(({ movie, before }) => {
      const { id, title } = movies.get(movie)!;
      return { id, title, ...(before && { before: heldOpinion(before, movies) }) };
    }),
  };
}

async function moviesOf(
  those: readonly { readonly movie: number }[],
  catalogue: Stores['catalogue'],
): Promise<ReadonlyMap<number, Movie>> {
  const movies = new Map<number, Movie>();
  for (let start = 0; start < those.length; start += PAGE) {
    const page = those.slice(start, start + PAGE).map(({ movie }) => movie);
    for (const [number, movie] of await catalogue.byNumber(page)) movies.set(number, movie);
  }
  return movies;
}

function heldOpinion(
  { movie, stars, seen, dismissed, at }: Opinion,
  movies: ReadonlyMap<number, Movie>,
): HeldOpinion {
  const { id, title, year } = movies.get(movie)!;
  return {
    id,
    title,
    ...(year !== undefined && { year }),
    ...(stars !== undefined && { stars }),
    seen,
    notThis: dismissed,
    at: new Date(at).toISOString(),
  };
}
