import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberColumn, StringColumn } from '../../src/titles/columns.ts';

const places = (length: number) => fc.array(fc.nat(Math.max(0, length - 1)), { maxLength: length && 20 });

describe('a column', () => {
  it('gives back any strings in any order', () => {
    const strings = fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 60 });
    fc.assert(
      fc.property(
        strings.chain((all) => fc.tuple(fc.constant(all), places(all.length))),
        ([all, order]) => {
          const column = new StringColumn();
          for (const text of all) column.push(text);
          const { start, bytes } = column.in(Uint32Array.from(order));
          const read = order.map((_, at) => Buffer.from(bytes.subarray(start[at], start[at + 1])).toString());
          expect(read).toEqual(order.map((place) => all[place]!.toWellFormed()));
        },
      ),
    );
  });

  it('gives back more numbers than it had room for at first', () => {
    const column = new NumberColumn(Uint16Array);
    for (let value = 0; value < 5000; value++) column.push(value);
    expect(column.length).toBe(5000);
    expect([...column.in(Uint32Array.of(4999, 0, 1024))]).toEqual([4999, 0, 1024]);
  });
});
