import { akas } from './akas.ts';
import { jsonl } from './jsonl.ts';
import { movielens } from './movielens.ts';
import { plots } from './plots.ts';
import type { Source } from './source.ts';
import { starter } from './starter.ts';
import { tmdb } from './tmdb.ts';
import { tmdbCsv } from './tmdb-csv.ts';
import { trakt } from './trakt.ts';
import { wikipedia } from './wikipedia.ts';

/** Where movies can be imported from, by the name that a person types. */
export const SOURCES = {
  starter,
  jsonl,
  wikipedia,
  'tmdb-csv': tmdbCsv,
  plots,
  trakt,
  tmdb,
  movielens,
  akas,
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof SOURCES;

export function isSourceName(text: string): text is SourceName {
  return Object.hasOwn(SOURCES, text);
}
