import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/titles/normalise.ts';
import { TITLES } from '../fixtures/titles.ts';
import { resolverOn } from './helpers.ts';

const resolver = await resolverOn();
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ...TITLES.flatMap((row) => row.titles.flatMap((title) => title.split(' '))),
        'II',
        '7',
        'v',
        '|',
        '(',
      ),
    )
    .map((words) => words.join(' ')),
);

describe('any text at all', () => {
  it('resolves and completes without an exception, the same way each time', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(await resolver.resolve(text)).toEqual(await resolver.resolve(text));
        expect(await resolver.complete(text, 5)).toEqual(await resolver.complete(text, 5));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same when it is normalised twice', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('resolves however long it is', async () => {
    for (const text of [
      'a '.repeat(50_000),
      'a'.repeat(100_000),
      'the thing '.repeat(10_000),
      '1 '.repeat(50_000),
    ])
      expect(['match', 'choose', 'none']).toContain((await resolver.resolve(text)).outcome);
  });
});

describe('every title', () => {
  const titles = TITLES.flatMap((row) => row.titles.map((title) => ({ title, row })));

  it.each(titles)('finds itself: $title', async ({ title, row }) => {
    const found = await resolver.resolve(title, { adult: true });
    const offered =
      found.outcome === 'match'
        ? [found.best, ...found.others]
        : found.outcome === 'choose'
          ? found.candidates
          : [];
    expect(offered.map((each) => each.number)).toContain(row.number);
  });

  it.each(titles.filter(({ row }) => row.year !== undefined))(
    'finds itself with its year: $title',
    async ({ title, row }) => {
      const found = await resolver.resolve(`${title} (${row.year})`, { adult: true });
      expect(found).toMatchObject({ outcome: 'match', best: { number: row.number } });
    },
  );
});
