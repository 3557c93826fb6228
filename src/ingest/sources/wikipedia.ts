import { fileOf, identityOfFile, pagesOf } from './file.ts';
import { readJsonArray } from './json-array.ts';
import type { Entry, Source, SourceInput } from './source.ts';

const ADDRESS = 'https://raw.githubusercontent.com/prust/wikipedia-movie-data/master/movies.json';

const file = (input: SourceInput) => fileOf(input, 'movies.json', ADDRESS);

/** The public "wikipedia-movie-data" set: American films with the summary of their article. */
export const wikipedia: Source = {
  marks: 'wikipedia',
  identity: (input) => identityOfFile(file(input)),
  read: (input) => pagesOf(readJsonArray, entryOf, file(input), input),
};

function entryOf(value: unknown, position: number): Entry[] {
  const at = `item ${position}`;
  if (typeof value !== 'object' || value === null) return [{ type: 'movie', at, raw: value }];
  const { title, year, cast, genres, href, extract, thumbnail } = value as Record<string, unknown>;
  const raw = { title, year, cast, genres, overview: extract, poster: thumbnail, ids: articleIds(href) };
  return [{ type: 'movie', at, raw }];
}

/** A part of an article (`List_of_films#1907`) is not this movie's own. */
function articleIds(href: unknown): { wikipedia?: string } {
  return typeof href === 'string' && !href.includes('#') ? { wikipedia: href.replace(/^\/wiki\//u, '') } : {};
}
