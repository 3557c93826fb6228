import type { Movie } from '../catalogue/movie.ts';
import type { Link } from '../chat/reply.ts';
import { say } from '../messages/message.ts';

/** Addresses made from the movie's outside ids. */
export function movieLinks(movie: Movie): Link[] {
  const { imdb, tmdb } = movie.ids;
  const links: [string, string | undefined][] = [
    ['IMDb', imdb && `https://www.imdb.com/title/${imdb}/`],
    ['TMDB', tmdb && `https://www.themoviedb.org/${movie.kind === 'show' ? 'tv' : 'movie'}/${tmdb}`],
    ['Letterboxd', movie.kind === 'movie' && tmdb ? `https://letterboxd.com/tmdb/${tmdb}` : undefined],
  ];
  return links.flatMap(([site, href]) => (href ? [{ label: say('card.link', { site }), href }] : []));
}
