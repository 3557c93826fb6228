import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isThin, type MovieRecord } from '../../src/catalogue/movie.ts';
import { BadRecord, readRecord } from '../../src/ingest/record.ts';

/** The movies of a catalogue file that are not thin, unmerged. */
export async function describedFilms(file: string): Promise<MovieRecord[]> {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text.split('\n').flatMap((line) => {
    const record = line === '' ? undefined : recordOf(line);
    return record && !isThin(record) ? [record] : [];
  });
}

function recordOf(line: string): MovieRecord | undefined {
  try {
    return readRecord(JSON.parse(line), 'jsonl').record;
  } catch (error) {
    if (error instanceof BadRecord) return undefined;
    throw error;
  }
}
