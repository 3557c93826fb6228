import { html, raw } from 'hono/html';
import type { Genre } from '../../../src/catalogue/genres.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import { seededRandom } from '../../../src/embedding/words/random.ts';
import type { Wording } from '../../../src/messages/wording.ts';
import { MOTIFS, type Motif, PLAIN } from './motifs.ts';

/** Colour sets in the style sheet (`.p0` …); each motif's hash picks one. */
const PALETTES = 12;

/** Width of a letter of the tile's type in ems. */
const LETTER = 0.58;
/** Room for the title, in hundredths of the tile's width. */
const ROOM = { width: 84, height: 34 } as const;
/** Type sizes of the style sheet (`.t0` …), in hundredths of the tile's width. */
const SIZES = [16.5, 13.5, 11, 9.5, 8, 6.8] as const;

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
  const seed = hash(movie.id);
  const art = motifOf(movie, seed)(seededRandom(seed));
  const foot = [movie.directors[0], movie.year].filter(Boolean).join(' · ');
  const poster = posters && movie.poster?.startsWith('https://') ? movie.poster : undefined;
  return html`<span class="tile p${seed % PALETTES}" aria-hidden="true"><svg viewBox="0 0 200 190" preserveAspectRatio="xMidYMid slice">${raw(art)}</svg><span class="tile-title t${sizeOf(title)}">${title}</span><span class="tile-foot">${foot}</span>${
    poster
      ? html`<img src="${poster}" alt="" width="200" height="300" loading="${eager ? 'eager' : 'lazy'}" decoding="async" referrerpolicy="no-referrer">`
      : ''
  }</span>`;
}

/** One of the motifs of its two most telling genres. */
function motifOf({ genres }: Movie, seed: number): Motif {
  const telling = (Object.keys(MOTIFS) as Genre[]).filter((each) => genres.includes(each)).slice(0, 2);
  const motifs = telling.length > 0 ? telling.flatMap((genre) => MOTIFS[genre]) : PLAIN;
  return motifs[(seed >>> 8) % motifs.length]!;
}

/** The largest type in which the title fits its room. */
function sizeOf(title: string): number {
  const words = title.split(/\s+/u).map((word) => [...word].length);
  const size = SIZES.findIndex((each) => {
    const perLine = ROOM.width / (each * LETTER);
    return Math.max(...words) <= perLine && linesOf(words, perLine) * each <= ROOM.height;
  });
  return size < 0 ? SIZES.length - 1 : size;
}

/** Lines that words of these lengths take. */
function linesOf(words: readonly number[], perLine: number): number {
  let lines = 1;
  let used = -1;
  for (const word of words) {
    if (used + 1 + word > perLine) [lines, used] = [lines + 1, word];
    else used += 1 + word;
  }
  return lines;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return value;
}
