import type { Catalogue } from '../catalogue/catalogue.ts';
import { GENRES } from '../catalogue/genres.ts';
import type { MovieId, MovieRecord } from '../catalogue/movie.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';

export interface ExportOptions {
  readonly catalogue: Pick<Catalogue, 'records'>;
  /** Where given, each line with a vector has it as `vector`. */
  readonly vectors?: Pick<VectorIndex, 'fetch'> | undefined;
  readonly signal?: AbortSignal;
}

const PAGE = 500;

/**
 * The catalogue as JSON Lines, each with its newline: what `jsonl` imports. Imported into an empty catalogue they give
 * the same one, ids, votes and what merges have left included.
 */
export async function* exportCatalogue({
  catalogue,
  vectors,
  signal,
}: ExportOptions): AsyncGenerator<string> {
  const call = signal ? { signal } : {};
  for (let after = 0; ; ) {
    const page = await catalogue.records(after, PAGE, call);
    const last = page.at(-1);
    if (!last) return;
    after = last.number;
    const ids = page.map(({ record }) => record.id!);
    const found: ReadonlyMap<MovieId, Float32Array> = (await vectors?.fetch(ids, call)) ?? new Map();
    for (const { record } of page) yield `${JSON.stringify(lineOf(record, found.get(record.id!)))}\n`;
  }
}

/** In the order of the format's description; what is empty or unknown is left out. */
function lineOf(record: MovieRecord, vector: Float32Array | undefined): Record<string, unknown> {
  const { past = {} } = record;
  return {
    id: record.id,
    title: record.title,
    original: record.original,
    year: record.year,
    released: record.released,
    kind: record.kind,
    aka: filled(record.aka.map((other) => (other.language ? other : other.title))),
    overview: record.overview,
    tagline: record.tagline,
    genres: filled(record.genres.map((genre) => GENRES[genre])),
    keywords: filled(record.keywords),
    directors: filled(record.directors),
    cast: filled(record.cast),
    runtime: record.runtime,
    language: record.language,
    countries: filled(record.countries),
    rating: record.rating,
    votes: record.votes,
    popularity: record.popularity,
    poster: record.poster,
    franchise: record.franchise,
    adult: record.adult || undefined,
    ids: idsOf(record),
    source: record.source,
    overviewSource: unless(past.overviewSource, record.source),
    posterSource: unless(past.posterSource, record.source),
    votesBySource: needsVotes(record) ? past.votes : undefined,
    formerIds: filled(past.formerIds ?? []),
    distinct: past.distinct,
    vector: vector && [...vector],
  };
}

function idsOf({ ids, past }: MovieRecord): Record<string, string | string[]> | undefined {
  const all: Record<string, string | string[]> = { ...ids };
  for (const [source, value] of past?.otherIds ?? []) all[source] = [all[source] ?? [], value].flat();
  return Object.keys(all).length > 0 ? all : undefined;
}

/** One count of votes from the movie's own source stands in `votes` and `rating` already. */
function needsVotes({ source, past }: MovieRecord): boolean {
  const [first, ...others] = past?.votes ?? [];
  return first !== undefined && (others.length > 0 || first.source !== source);
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

function unless(value: string | undefined, same: string): string | undefined {
  return value === same ? undefined : value;
}
