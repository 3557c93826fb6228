import { dirname, join } from 'node:path';
import type { CsvRow } from './csv.ts';
import { csvEntries, csvItems } from './csv-items.ts';
import { fileOf, identityOfFile, pagesOf } from './file.ts';
import type { Entry, Page, Source, SourceInput } from './source.ts';

const MOVIELENS = 'movielens';

/** Movies to a page, of those whose votes were counted. */
const PAGE = 1000;

const file = (input: SourceInput) => fileOf(input, 'movies.csv');

/** MovieLens: `movies.csv` with outside ids from `links.csv`, and what people gave from `ratings.csv`, beside it. */
export const movielens: Source = {
  marks: MOVIELENS,
  identity: (input) => identityOfFile(file(input)),
  read,
};

/** A run that was stopped begins anew: votes are counted over all ratings. */
async function* read(input: SourceInput): AsyncGenerator<Page> {
  const { from: _from, ...anew } = input;
  const movies = file(input);
  const beside = (name: string) => join(dirname(movies), name);
  const links = new Map<string, Ids>();
  const votes = new Map<string, Votes>();
  // Small beside the ratings, one line a movie: all of them are kept while the movies are read.
  const linkRows = csvItems(['movieId', 'imdbId', 'tmdbId']);
  const keepLinks = csvEntries(linkEntry(links), 'links.csv');
  for await (const { entries } of pagesOf(linkRows, keepLinks, beside('links.csv'), anew)) yield { entries };
  const movieRows = csvItems(['movieId', 'title', 'genres']);
  for await (const { entries } of pagesOf(movieRows, csvEntries(movieEntry(links)), movies, anew))
    yield { entries };
  const ratingRows = csvItems(['userId', 'movieId', 'rating', 'timestamp']);
  const ratings = csvEntries(ratingEntry(votes), 'ratings.csv');
  for await (const { entries } of pagesOf(ratingRows, ratings, beside('ratings.csv'), anew))
    yield { entries };
  yield* votesPages(votes);
}

type Ids = Readonly<Record<string, string>>;

/** Keeps each movie's outside ids on the way; a line of them is no entry of its own. */
function linkEntry(links: Map<string, Ids>): (row: CsvRow) => Entry[] {
  return ({ fields: { movieId, imdbId, tmdbId } }) => {
    if (movieId)
      links.set(movieId, {
        ...(imdbId && { imdb: `tt${imdbId.padStart(7, '0')}` }),
        ...(tmdbId && { tmdb: tmdbId }),
      });
    return [];
  };
}

function movieEntry(links: ReadonlyMap<string, Ids>): (row: CsvRow) => Entry {
  return ({ line, fields: { movieId = '', title = '', genres = '' } }) => {
    const ids = { ...links.get(movieId), movielens: movieId };
    return { type: 'movie', at: line, raw: { ...readTitle(title), genres: genres.split('|'), ids } };
  };
}

const ARTICLE =
  /^(?<rest>.+), (?<article>The|A|An|Le|La|Les|L'|Il|Lo|Gli|I|El|Los|Las|Der|Die|Das|Den|Det|De|Het|O|Os|As)$/u;

/** `City of Lost Children, The (Cité des enfants perdus, La) (1995)` → title, other title, year. */
export function readTitle(text: string): { title: string; year?: string; aka: string[] } {
  const { rest = text, year } =
    /^(?<rest>.*?)\s*\((?<year>\d{4})(?:[-–]\d{0,4})?\)\s*$/u.exec(text)?.groups ?? {};
  const [brackets = ''] = /(?:\s*\([^()]*\))*$/u.exec(rest) ?? [];
  const main = rest.slice(0, rest.length - brackets.length).trim();
  const names = [...brackets.matchAll(/\((?:a\.k\.a\.\s*)?(?<name>[^()]+)\)/gu)].map(
    (match) => match.groups!.name!,
  );
  return {
    title: articleFirst(main || rest),
    ...(year && { year }),
    aka: main ? names.filter((name) => !/^\d+$/u.test(name)).map(articleFirst) : [],
  };
}

function articleFirst(title: string): string {
  const { rest, article } = ARTICLE.exec(title.trim())?.groups ?? {};
  if (!rest || !article) return title.trim();
  return article.endsWith("'") ? `${article}${rest}` : `${article} ${rest}`;
}

interface Votes {
  count: number;
  stars: number;
}

/** Keeps count of each movie's votes on the way. */
function ratingEntry(votes: Map<string, Votes>): (row: CsvRow) => Entry {
  return ({ line, fields: { userId = '', movieId = '', rating = '', timestamp = '' } }) => {
    const stars = Number(rating);
    const fine = stars >= 0.5 && stars <= 5 && [userId, timestamp].every(isWhole);
    if (!fine) return { type: 'problem', at: `ratings.csv, line ${line}`, reason: 'is no rating' };
    const known = votes.get(movieId);
    if (known) {
      known.count++;
      known.stars += stars;
    } else votes.set(movieId, { count: 1, stars });
    const of = { source: MOVIELENS, value: movieId, kind: 'movie' } as const;
    return { type: 'rating', at: line, of, rating: { person: Number(userId), stars, at: Number(timestamp) } };
  };
}

function isWhole(text: string): boolean {
  return /^\d+$/u.test(text) && Number.isSafeInteger(Number(text));
}

function* votesPages(votes: ReadonlyMap<string, Votes>): Generator<Page> {
  const all = [...votes];
  for (let start = 0; start < all.length; start += PAGE) {
    yield {
      entries: all.slice(start, start + PAGE).map(([value, { count, stars }]) => ({
        type: 'facts',
        at: 'ratings.csv',
        of: { source: MOVIELENS, value, kind: 'movie' },
        facts: { votes: count, rating: Math.round((200 * stars) / count) / 100 },
      })),
    };
  }
}
