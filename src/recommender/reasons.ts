import type { Movie } from '../catalogue/movie.ts';

/** Why a movie is on the list, as data; the renderer words it. Values are names, theme words, genre slugs or a sentence. */
export type ReasonKind = 'theme' | 'director' | 'cast' | 'genre' | 'franchise' | 'year' | 'plot';

export interface Reason {
  readonly kind: ReasonKind;
  readonly values: readonly string[];
}

export type { Movie };
