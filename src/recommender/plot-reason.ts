import type { Genre } from '../catalogue/genres.ts';
import type { Movie } from '../catalogue/movie.ts';
import { sentencesOf, sentenceWith, stemsOf, storyOf } from './nearest-sentence.ts';
import { NEAR, type Reason } from './reasons.ts';

/** Why a movie may be on the list of a plot search. */
export interface PlotMatch {
  /** What was asked for. */
  readonly text: string;
  /** How unusually near its meaning is to the text's, in standard deviations; 0 is chance. */
  readonly meaning: number;
  /** Genres that the text tells of. */
  readonly genres: readonly Genre[];
}

const MAX_THEMES = 3;

/**
 * Where the text's words stand in the movie: in a sentence of its story, among its themes, in its title, in the line
 * that says what kind of film it is. Else that its meaning is near, or its genres are those of the text; nothing where
 * neither is true.
 */
export function plotReasons({ text, meaning, genres }: PlotMatch, movie: Movie): Reason[] {
  const wanted = stemsOf(text, 1);
  const isAsked = (words: string) => [...stemsOf(words, 1)].some((stem) => wanted.has(stem));
  const sentences = sentencesOf(movie);
  const told = sentenceWith(wanted, storyOf(sentences));
  if (told) return [{ kind: 'plot', values: [told] }];
  const themes = movie.keywords.filter(isAsked);
  if (themes.length > 0) return [{ kind: 'themeAsked', values: themes.slice(0, MAX_THEMES) }];
  if (isAsked(movie.title))
    return [{ kind: 'titleAsked', values: movie.title.split(/\s+/u).filter(isAsked) }];
  const said = sentenceWith(wanted, sentences);
  if (said) return [{ kind: 'plot', values: [said] }];
  if (meaning >= NEAR) return [{ kind: 'close', values: [] }];
  const shared = genres.filter((genre) => movie.genres.includes(genre));
  return shared.length > 0 ? [{ kind: 'genreGuessed', values: shared }] : [];
}
