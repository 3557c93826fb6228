/**
 * Compares the facts of the starter catalogue with what the sets in `../shared/data` say of the same films: how many are
 * in each, and every difference, to be looked at one by one. Those sets are no judges: their years are often a later
 * country's, their runtimes another cut's, and unreleased films have working titles there.
 *
 *   node bench/starter-facts.ts
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MovieRecord } from '../src/catalogue/movie.ts';
import { readStarter } from '../src/catalogue/starter.ts';
import { readConfig } from '../src/config.ts';
import { BadRecord, readRecord } from '../src/ingest/record.ts';
import { SOURCES, type SourceName } from '../src/ingest/sources/index.ts';
import type { Entry, SourceInput } from '../src/ingest/sources/source.ts';
import { SHIPPED } from '../src/paths.ts';
import { normalise } from '../src/titles/normalise.ts';
import { differences } from './starter/differences.ts';

const DATA = fileURLToPath(new URL('../../shared/data', import.meta.url));

const SETS: readonly { readonly source: SourceName; readonly input: Pick<SourceInput, 'file' | 'dir'> }[] = [
  { source: 'jsonl', input: { file: join(DATA, 'catalogue-large.jsonl.gz') } },
  { source: 'tmdb-csv', input: { file: join(DATA, 'tmdb-5000', 'tmdb_5000_movies.csv.gz') } },
  { source: 'movielens', input: { dir: join(DATA, 'ml-latest-small') } },
  { source: 'wikipedia', input: { file: join(DATA, 'wikipedia', 'movies.json.gz') } },
];

const config = readConfig({});

/** Films by what another set may know them by: outside ids, and title with year where the set has no ids. */
class Films {
  readonly #byKey = new Map<string, MovieRecord>();

  constructor(films: readonly MovieRecord[]) {
    for (const film of films) for (const key of keysOf(film)) this.#byKey.set(key, film);
  }

  find(theirs: MovieRecord): MovieRecord | undefined {
    for (const key of keysOf(theirs)) {
      const film = this.#byKey.get(key);
      if (film && (!key.startsWith('title') || !hasIds(theirs))) return film;
    }
    return undefined;
  }
}

function keysOf({ ids, kind, title, year }: MovieRecord): string[] {
  return [
    ...(ids.imdb ? [`imdb ${ids.imdb}`] : []),
    ...(ids.tmdb ? [`tmdb ${kind} ${ids.tmdb}`] : []),
    `title ${kind} ${normalise(title)} ${year}`,
  ];
}

function hasIds({ ids }: MovieRecord): boolean {
  return ids.imdb !== undefined || ids.tmdb !== undefined;
}

async function* recordsOf(source: SourceName, input: Pick<SourceInput, 'file' | 'dir'>) {
  for await (const { entries } of SOURCES[source].read({ ...input, config }))
    for (const entry of entries) {
      const record = recordOf(entry, source);
      if (record) yield record;
    }
}

function recordOf(entry: Entry, source: string): MovieRecord | undefined {
  if (entry.type !== 'movie') return undefined;
  try {
    return readRecord(entry.raw, source).record;
  } catch (error) {
    if (error instanceof BadRecord) return undefined;
    throw error;
  }
}

const ours = (await readStarter(SHIPPED.starter)).flatMap(({ films }) =>
  films.map((film) => readRecord(film, 'starter').record),
);
const films = new Films(ours);
const confirmed = new Set<MovieRecord>();
for (const { source, input } of existsSync(DATA) ? SETS : []) {
  const found = new Set<MovieRecord>();
  const differing: string[] = [];
  for await (const theirs of recordsOf(source, input)) {
    const film = films.find(theirs);
    if (!film) continue;
    found.add(film);
    const told = differences(film, theirs);
    if (told.length > 0) differing.push(`  ${film.title} (${film.year}): ${told.join('; ')}`);
    else confirmed.add(film);
  }
  console.log(`${source}: ${found.size} of ${ours.length} films, ${differing.length} with a difference`);
  console.log(differing.join('\n'));
}
console.log(`${confirmed.size} of ${ours.length} films agree with at least one set in all that it tells`);
