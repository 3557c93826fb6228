import { beforeAll, describe, expect, it } from 'vitest';
import type { Movie } from '../../src/catalogue/movie.ts';
import { readStarter } from '../../src/catalogue/starter.ts';
import { seededRandom } from '../../src/embedding/words/random.ts';
import { readRecord } from '../../src/ingest/record.ts';
import { SHIPPED } from '../../src/paths.ts';
import { FeatureTable } from '../../src/recommender/features.ts';
import { NEAR, type Reason, reasonsFor } from '../../src/recommender/reasons.ts';
import { withTold } from '../../src/recommender/told-reasons.ts';
import { aMovie } from '../fixtures/movies.ts';

const movies: Movie[] = [];
const table = new FeatureTable();

beforeAll(async () => {
  for (const { films } of await readStarter(SHIPPED.starter))
    for (const raw of films) {
      const { record } = readRecord(raw, 'starter');
      movies.push(aMovie({ ...record, id: `m${movies.length}`, number: movies.length + 1 }));
    }
  for (const movie of movies) table.put(movie);
  await table.linkSeries();
});

/** Every fourth movie beside eight that have most in common with it among a random forty, and beside one at random. */
function* pairs(): Generator<[Movie, Movie]> {
  const random = seededRandom(1);
  for (const movie of movies.filter((_, at) => at % 4 === 0)) {
    const some = Array.from({ length: 40 }, () => movies[Math.floor(random() * movies.length)]!);
    const others = some.filter((other) => other !== movie);
    const shared = (other: Movie) =>
      common(movie, other, 'keywords').length * 2 + common(movie, other, 'genres').length;
    yield [movie, others[0]!];
    for (const other of others.sort((a, b) => shared(b) - shared(a)).slice(0, 8)) yield [movie, other];
  }
}

function common(a: Movie, b: Movie, field: 'keywords' | 'directors' | 'cast' | 'genres'): readonly string[] {
  return a[field].filter((value) => (b[field] as readonly string[]).includes(value));
}

const between = (a: Movie, b: Movie): Reason[] =>
  withTold(
    reasonsFor(table.get(a.id)!, table.get(b.id)!, table),
    { seeds: [a], movie: b, near: NEAR },
    table,
  );

const FIELDS = { director: 'directors', cast: 'cast', genre: 'genres' } as const;

/** Among its themes, or in the words of its story. */
function has({ keywords, overview = '' }: Movie, theme: string): boolean {
  return keywords.includes(theme) || overview.includes(theme);
}

function holds({ kind, values }: Reason, a: Movie, b: Movie): boolean {
  if (kind === 'franchise') return table.seriesOf(table.get(a.id)!)?.members.has(b.id) ?? false;
  if (kind === 'plot') return values.every((value) => b.overview!.includes(value.replace(/…$/u, '')));
  if (kind === 'close') return true;
  if (kind === 'era') return values.every((year) => [a.year, b.year].includes(Number(year)));
  if (kind === 'theme') return values.length > 0 && values.every((value) => has(a, value) && has(b, value));
  const shared = common(a, b, FIELDS[kind as keyof typeof FIELDS]);
  return values.length > 0 && values.every((value) => shared.includes(value));
}

describe('the reasons between movies of the starter catalogue', () => {
  it('hold for both, every one', () => {
    const wrong = [...pairs()].flatMap(([a, b]) =>
      between(a, b)
        .filter((reason) => !holds(reason, a, b))
        .map((reason) => [a.title, b.title, reason]),
    );
    expect(wrong).toEqual([]);
  });

  it('are empty only where no person, no genre and no rare theme is shared', () => {
    const rare = (word: string) =>
      movies.filter(({ keywords }) => keywords.includes(word)).length < movies.length / 10;
    const empty = [...pairs()].filter(([a, b]) => between(a, b).some(({ kind }) => kind === 'close'));
    for (const [a, b] of empty) {
      expect(common(a, b, 'directors')).toEqual([]);
      expect(common({ ...a, cast: a.cast.slice(0, 6) }, { ...b, cast: b.cast.slice(0, 6) }, 'cast')).toEqual(
        [],
      );
      expect(common(a, b, 'genres')).toEqual([]);
      expect(common(a, b, 'keywords').filter(rare)).toEqual([]);
    }
  });
});
