/**
 * Series found in the large catalogue, compared with those that the starter catalogue names, by IMDb id. Over pairs
 * of films: of those found to be in one series, how many are; of those that are, how many were found. A film of a
 * series has many pairs, so that large series weigh most.
 */

import type { MovieRecord } from '../src/catalogue/movie.ts';
import { readStarter } from '../src/catalogue/starter.ts';
import { readRecord } from '../src/ingest/record.ts';
import { SHIPPED } from '../src/paths.ts';
import { SeriesFinder } from '../src/recommender/series.ts';
import { saysSequel } from '../src/recommender/series-evidence.ts';
import { Vocabulary } from '../src/recommender/vocabulary.ts';
import type { BenchRow } from './genres.ts';
import { describedFilms } from './recommender/films.ts';

/** `file`: a catalogue in the `jsonl` format. */
export async function seriesRows(file: string): Promise<BenchRow[]> {
  const films = await describedFilms(file);
  const people = new Vocabulary();
  const finder = new SeriesFinder((person) => people.name(person));
  const started = process.cpuUsage();
  for (const [at, film] of films.entries()) put({ finder, people }, film, idOf(film, at));
  const found = films.map((film, at) => finder.of(idOf(film, at)));
  const microseconds = process.cpuUsage(started).user;
  const { precision, recall, pairs } = await compare(finder, films);
  const series = new Set(found.filter((each) => each !== undefined)).size;
  return [
    {
      what: `series found among ${films.length}`,
      measured: `${series}, ${found.filter(Boolean).length} movies`,
      aim: '–',
    },
    { what: `precision on ${pairs} labelled pairs`, measured: precision.toFixed(3), aim: '≥ 0.95' },
    { what: 'recall on them', measured: recall.toFixed(3), aim: '–' },
    {
      what: 'finding, processor time a movie',
      measured: `${(microseconds / films.length).toFixed(0)} µs`,
      aim: '≤ 50 µs',
    },
  ];
}

function idOf(film: MovieRecord, at: number): string {
  return film.ids.imdb ?? `line ${at}`;
}

function put(
  { finder, people }: { finder: SeriesFinder; people: Vocabulary },
  film: MovieRecord,
  id: string,
): void {
  const { kind, title, year, directors, cast, keywords, popularity = 0 } = film;
  const sequel = keywords.some(saysSequel);
  const numbersOf = (names: readonly string[]) => names.map((name) => people.intern(name));
  finder.put({
    id,
    kind,
    title,
    year,
    directors: numbersOf(directors),
    cast: numbersOf(cast.slice(0, 6)),
    sequel,
    popularity,
    franchise: undefined,
  });
}

async function compare(finder: SeriesFinder, films: readonly MovieRecord[]) {
  const described = new Set(films.map((film) => film.ids.imdb));
  const labelled = (await readStarter(SHIPPED.starter))
    .flatMap(({ films: raw }) => raw.map((film) => readRecord(film, 'starter').record))
    .filter((film) => described.has(film.ids.imdb));
  let [both, saidOnly, isOnly] = [0, 0, 0];
  for (const [at, a] of labelled.entries())
    for (const b of labelled.slice(at + 1)) {
      const is = a.franchise !== undefined && a.franchise === b.franchise;
      const said = finder.of(a.ids.imdb!)?.members.has(b.ids.imdb!) ?? false;
      if (is && said) both++;
      else if (said) saidOnly++;
      else if (is) isOnly++;
    }
  return { precision: both / (both + saidOnly), recall: both / (both + isOnly), pairs: both + isOnly };
}

if (import.meta.main) {
  const rows = await seriesRows('../shared/data/catalogue-large.jsonl.gz');
  for (const { what, measured, aim, baseline } of rows)
    console.log(`${what}\n    ${measured}\n    aim: ${aim}${baseline ? `; ${baseline}` : ''}`);
}
