import { describe, expect, it } from 'vitest';
import { FeatureTable } from '../../src/recommender/features.ts';
import { aMovie } from '../fixtures/movies.ts';

const parts = [1, 2].map((part) =>
  aMovie({
    id: `part${part}`,
    number: part,
    title: part === 1 ? 'Ice Harbour' : `Ice Harbour ${part}`,
    year: 2000 + part,
    directors: ['Ann Author'],
    cast: ['A', 'B', 'C'],
  }),
);

const FIRST = { id: 'part1', franchise: undefined };

function tableOf(others: number): FeatureTable {
  const table = new FeatureTable();
  for (let at = 0; at < others; at++)
    table.put(aMovie({ id: `other${at}`, number: 10 + at, title: `${at} of quite another kind` }));
  for (const part of parts) table.put(part);
  return table;
}

describe('the series of movies', () => {
  it('are found in the background, and nobody waits for them', async () => {
    const table = tableOf(1000);
    expect(table.seriesOf(FIRST)).toBeUndefined();
    await table.linkSeries();
    expect(table.seriesOf(FIRST)?.members).toEqual(new Set(['part1', 'part2']));
  });

  it('no longer have a movie that is gone before it was looked at', async () => {
    const table = tableOf(1000);
    table.delete('part2');
    await table.linkSeries();
    expect(table.seriesOf(FIRST)).toBeUndefined();
  });
});
