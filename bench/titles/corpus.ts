import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Catalogue, TitleRow } from '../../src/catalogue/catalogue.ts';
import { normalise } from '../../src/titles/normalise.ts';

/** A movie of the large catalogue, with what people know it by and how many voted. */
export interface Film extends TitleRow {
  readonly votes: number;
}

interface Line {
  readonly title: string;
  readonly original?: string;
  readonly year?: number;
  readonly kind?: 'movie' | 'show';
  readonly aka?: readonly (string | { readonly title: string })[];
  readonly votes?: number;
  readonly adult?: boolean;
}

/** Reads the catalogue; popularity is the percentile of the votes, as in the real one. */
export function readFilms(file: string): Film[] {
  const lines: Line[] = gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const votes = Float64Array.from(lines.flatMap((line) => line.votes ?? [])).sort();
  return lines.map((line, index) => ({
    number: index + 1,
    id: filmId(index + 1),
    kind: line.kind ?? 'movie',
    adult: line.adult ?? false,
    titles: [line.title, ...(line.original ? [line.original] : []), ...(line.aka ?? []).map(titleOf)],
    votes: line.votes ?? 0,
    ...(line.year !== undefined && { year: line.year }),
    ...(line.votes !== undefined && { popularity: atMost(votes, line.votes) / votes.length }),
  }));
}

/** The id of a film by its number. */
export function filmId(number: number): string {
  return `b${number}`;
}

/** Movies that have this name, most voted first. */
export class Namesakes {
  readonly #byName = new Map<string, Film[]>();

  constructor(films: readonly Film[]) {
    for (const film of films)
      for (const name of new Set(film.titles.map(normalise))) {
        const list = this.#byName.get(name);
        if (list) list.push(film);
        else this.#byName.set(name, [film]);
      }
    for (const list of this.#byName.values()) list.sort((a, b) => b.votes - a.votes);
  }

  of(title: string): readonly Film[] {
    return this.#byName.get(normalise(title)) ?? [];
  }
}

/** As much of a catalogue as opening the titles takes. */
export function catalogueOf(films: readonly Film[]): Catalogue {
  const page = 2000;
  return {
    async *titles() {
      for (let at = 0; at < films.length; at += page) {
        yield films.slice(at, at + page).map(({ votes: _votes, ...row }) => row);
        await new Promise(setImmediate);
      }
    },
    catalogueId: async () => 1,
    revision: async () => 1,
    changesSince: async (revision: number) => ({ revision, titles: [], described: [], gone: [] }),
    byNumber: async (numbers: readonly number[]) =>
      new Map(numbers.map((number) => [number, films[number - 1]])),
  } as unknown as Catalogue;
}

function titleOf(aka: string | { readonly title: string }): string {
  return typeof aka === 'string' ? aka : aka.title;
}

/** How many of the sorted values are at most this one. */
function atMost(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
