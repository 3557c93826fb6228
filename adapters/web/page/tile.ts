import { html, raw } from 'hono/html';
import type { Genre } from '../../../src/catalogue/genres.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { seededRandom } from '../../../src/embedding/words/random.ts';
import type { Wording } from '../../../src/messages/wording.ts';
import { MOTIFS, PLAIN } from './motifs.ts';

/** Colour sets in the style sheet (`.p0` …); each motif's hash picks one. */
const PALETTES = 12;

/** Width of a title in ems per letter of the tile's type, and the room for it in hundredths of the tile's width. */
const LETTER = 0.56;
const ROOM = 84;
/** Type sizes of the style sheet (`.t0` …), in hundredths of the tile's width. */
const SIZES = [17, 14, 11.5, 9.5, 8, 6.8] as const;
const MAX_LINES = 3;

export type Markup = ReturnType<typeof html>;

interface TileOptions {
  readonly words: Wording;
  /** Show the poster over the drawing where there is one. */
  readonly posters: boolean;
  /** The first ones of a page are wanted at once. */
  readonly eager?: boolean;
}

/** A movie's poster, or one that is drawn from its genre and title: the same each time. Decoration beside the name. */
export function tile(movie: Movie, { words, posters, eager = false }: TileOptions): Markup {
  const title = words.title(movie);
  const genre = (Object.keys(MOTIFS) as Genre[]).find((each) => movie.genres.includes(each));
  const seed = hash(movie.id);
  const art = (genre ? MOTIFS[genre] : PLAIN)(seededRandom(seed));
  const foot = [movie.directors[0], movie.year].filter(Boolean).join(' · ');
  const poster = posters && movie.poster?.startsWith('https://') ? movie.poster : undefined;
  return html`<span class="tile p${seed % PALETTES}" aria-hidden="true"><svg viewBox="0 0 200 190" preserveAspectRatio="xMidYMid slice">${raw(art)}</svg><span class="tile-title t${sizeOf(title)}">${title}</span><span class="tile-foot">${foot}</span>${
    poster
      ? html`<img src="${poster}" alt="" width="200" height="300" loading="${eager ? 'eager' : 'lazy'}" decoding="async" referrerpolicy="no-referrer">`
      : ''
  }</span>`;
}

/** The largest type in which the longest word fits a line and the whole title a few. */
function sizeOf(title: string): number {
  const longest = Math.max(...title.split(/\s+/u).map((word) => [...word].length));
  const size = SIZES.findIndex((each) => {
    const perLine = ROOM / (each * LETTER);
    return longest <= perLine && [...title].length <= perLine * MAX_LINES * 0.8;
  });
  return size < 0 ? SIZES.length - 1 : size;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
