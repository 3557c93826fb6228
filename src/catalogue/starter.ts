import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecord } from '../ingest/record.ts';
import type { CallOptions, Catalogue, UpsertOutcome } from './catalogue.ts';
import { OWN_SOURCE } from './merge.ts';

/** One file per decade: `1920s.json`. Other files in the folder, such as the vocabulary, hold no films. */
const DECADE = /^\d{4}s\.json$/u;

/** Films to a transaction: some ten milliseconds each, so that a running bot goes on answering. */
const BATCH = 200;

/** One file of the starter catalogue, its films in the `jsonl` import format, not yet checked. */
export interface StarterFile {
  readonly name: string;
  readonly films: readonly unknown[];
}

/** Reads the starter catalogue, oldest decade first. Throws an error that names the file where one is no JSON array. */
export async function readStarter(folder: string): Promise<StarterFile[]> {
  const files = await readFiles(folder);
  return files.map(({ name, bytes }) => ({ name, films: parseFilms(join(folder, name), bytes) }));
}

/** A number that changes when any film does: 48 bits of a hash of the files' names and bytes. */
export async function starterHash(folder: string): Promise<number> {
  const hash = createHash('sha256');
  for (const { name, bytes } of await readFiles(folder))
    hash.update(`${name} ${bytes.length}\n`).update(bytes);
  return hash.digest().readUIntBE(0, 6);
}

/**
 * Adds the starter catalogue to a catalogue, or brings what is there up to date with it. Answers how many films
 * had which outcome. Idempotent; whoever wants to skip an unchanged folder remembers {@link starterHash}.
 */
export async function loadStarter(
  catalogue: Pick<Catalogue, 'upsert'>,
  folder: string,
  options: CallOptions = {},
): Promise<Record<UpsertOutcome['outcome'], number>> {
  const counts = { added: 0, changed: 0, unchanged: 0, merged: 0 };
  const films = (await readStarter(folder)).flatMap((file) => file.films);
  for (let start = 0; start < films.length; start += BATCH) {
    const records = films.slice(start, start + BATCH).map((film) => readRecord(film, OWN_SOURCE).record);
    for (const { outcome } of await catalogue.upsert(records, options)) counts[outcome]++;
  }
  return counts;
}

async function readFiles(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(folder)).filter((name) => DECADE.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
}

function parseFilms(file: string, bytes: Buffer): readonly unknown[] {
  let films: unknown;
  try {
    films = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new Error(`${file} is no JSON: ${(error as Error).message}`, { cause: error });
  }
  if (!Array.isArray(films)) throw new Error(`${file} holds no JSON array of films`);
  return films;
}
