import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { loadArrays, saveArrays } from '../../src/store/array-file.ts';

const KIND = { name: 'kindred things', format: 3 };

const aFile = () => join(mkdtempSync(join(inject('scratch'), 'arrays-')), 'deeper', 'things.bin');

const arrays = fc.record({
  bytes: fc.uint8Array(),
  small: fc.int16Array(),
  years: fc.uint16Array(),
  numbers: fc.uint32Array(),
  fames: fc.float32Array(),
  exact: fc.float64Array(),
});

describe('arrays in a file', () => {
  it('come back as they were, with what was told of them', async () => {
    const file = aFile();
    await fc.assert(
      fc.asyncProperty(arrays, fc.jsonValue(), async (given, told) => {
        const about = { told, revision: 7 };
        await saveArrays(file, KIND, { about, arrays: given });
        const loaded = await loadArrays(file, KIND);
        expect(loaded?.arrays).toEqual(given);
        expect(loaded?.about).toEqual(JSON.parse(JSON.stringify(about)));
      }),
      { numRuns: 50 },
    );
    expect(readdirSync(join(file, '..'))).toEqual(['things.bin']);
  });

  it('are as good as none once a single byte of them is another one', async () => {
    const file = aFile();
    const given = { years: Uint16Array.of(1979, 1986), fames: Float32Array.of(0.5) };
    await saveArrays(file, KIND, { about: { revision: 7 }, arrays: given });
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at++) {
      const spoilt = Buffer.from(bytes);
      spoilt[at]! ^= 1;
      writeFileSync(file, spoilt);
      expect(await loadArrays(file, KIND), `byte ${at}`).toBeUndefined();
    }
  });

  it('leave what was there where they are no longer wanted once they are written', async () => {
    const file = aFile();
    await saveArrays(file, KIND, { about: { state: 'old' }, arrays: {} });
    await saveArrays(file, KIND, { about: { state: 'new' }, arrays: {} }, () => false);
    expect((await loadArrays(file, KIND))?.about).toEqual({ state: 'old' });
    expect(readdirSync(join(file, '..'))).toEqual(['things.bin']);
  });

  it('are whole where several write them at once', async () => {
    const file = aFile();
    const given = [1, 2, 3].map((size) => ({
      about: { size },
      arrays: { years: new Uint16Array(size * 1000) },
    }));
    await Promise.all(given.map((each) => saveArrays(file, KIND, each)));
    expect(given).toContainEqual(await loadArrays(file, KIND));
    expect(readdirSync(join(file, '..'))).toEqual(['things.bin']);
  });

  it('take away what a killed process left half-written, and leave what somebody is at work on', async () => {
    const file = aFile();
    await saveArrays(file, KIND, { about: {}, arrays: {} });
    for (const name of ['left', 'young']) writeFileSync(`${file}.${name}.tmp`, 'half');
    utimesSync(`${file}.left.tmp`, 0, 0);
    await saveArrays(file, KIND, { about: {}, arrays: {} });
    expect(readdirSync(join(file, '..')).sort()).toEqual(['things.bin', 'things.bin.young.tmp']);
  });

  it.each([
    ['of another kind', { ...KIND, name: 'kindred others' }],
    ['of another version', { ...KIND, format: 4 }],
  ])('are as good as none where they are %s', async (_, other) => {
    const file = aFile();
    await saveArrays(file, other, { about: {}, arrays: {} });
    expect(await loadArrays(file, KIND)).toBeUndefined();
  });

  it('are none where there is no file, or a cut-off one', async () => {
    const file = aFile();
    expect(await loadArrays(file, KIND)).toBeUndefined();
    await saveArrays(file, KIND, { about: {}, arrays: { years: Uint16Array.of(1979) } });
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    expect(await loadArrays(file, KIND)).toBeUndefined();
  });
});
