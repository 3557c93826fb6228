import type { Movie } from '../catalogue/movie.ts';
import { type Message, type MessageKey, say } from './message.ts';

const GENRES_SHOWN = 4;
const CAST_SHOWN = 6;

/** "Inception (2010)"; to a Spanish reader "Origen (Inception, 2010)". */
export function titleWithYear(movie: Movie): Message {
  return say('result.title', { title: { fullTitleOf: movie } });
}

/** Sources whose name differs from how people know them; our own texts need no credit. */
const SOURCE_NAMES: Readonly<Record<string, MessageKey>> = {
  starter: 'source.starter',
  wikipedia: 'source.wikipedia',
  tmdb: 'source.tmdb',
  'tmdb-csv': 'source.tmdb',
  trakt: 'source.trakt',
  movielens: 'source.movielens',
};

/** A source as people know it. */
export function sourceMessage(source: string): Message {
  const key = Object.hasOwn(SOURCE_NAMES, source) ? SOURCE_NAMES[source] : undefined;
  return key ? say(key) : say('source.other', { name: source });
}

/** Who wrote the overview; undefined where it is our own, or there is none. */
export function creditMessage({ overview, overviewSource }: Movie): Message | undefined {
  if (!overview || overviewSource === undefined || overviewSource === 'starter') return undefined;
  return say('card.credit', { source: sourceMessage(overviewSource) });
}

/** Genres and running time: what tells about a movie at a glance. */
export function factMessages(movie: Movie): Message[] {
  const genres = movie.genres.slice(0, GENRES_SHOWN).map((slug) => say(`genre.${slug}`));
  return movie.runtime === undefined
    ? genres
    : [...genres, say('result.runtime', { minutes: String(movie.runtime) })];
}

/** The lines of a movie's card between its facts and its overview. */
export function cardMessages(movie: Movie): Message[] {
  const { original, directors, cast } = movie;
  const lines: (Message | false | undefined)[] = [
    original !== undefined && say('card.original', { title: original }),
    directors.length > 0 && say('card.directors', { names: directors }),
    cast.length > 0 && say('card.cast', { names: cast.slice(0, CAST_SHOWN) }),
    ratingMessage(movie),
  ];
  return lines.filter((line) => line !== false && line !== undefined);
}

/** "8.8 of 10 (TMDB)"; undefined where nobody rated it. */
export function ratingMessage({ rating, ratingSource, source }: Movie): Message | undefined {
  if (rating === undefined) return undefined;
  return say('card.rating', { rating, source: sourceMessage(ratingSource ?? source) });
}
