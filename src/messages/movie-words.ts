import type { Movie } from '../catalogue/movie.ts';
import { type Message, say } from './message.ts';

const GENRES_SHOWN = 4;
const CAST_SHOWN = 6;

/** Genres and running time: what tells about a movie at a glance. */
export function factMessages(movie: Movie): Message[] {
  const genres = movie.genres.slice(0, GENRES_SHOWN).map((slug) => say(`genre.${slug}`));
  return movie.runtime === undefined
    ? genres
    : [...genres, say('result.runtime', { minutes: String(movie.runtime) })];
}

/** The lines of a movie's card between its facts and its overview. */
export function cardMessages(movie: Movie): Message[] {
  const { original, directors, cast, rating, source } = movie;
  const lines: (Message | false)[] = [
    original !== undefined && say('card.original', { title: original }),
    directors.length > 0 && say('card.directors', { names: directors }),
    cast.length > 0 && say('card.cast', { names: cast.slice(0, CAST_SHOWN) }),
    rating !== undefined && say('card.rating', { rating: String(rating), source }),
  ];
  return lines.filter((line) => line !== false);
}
