import { beforeAll, describe, expect, it } from 'vitest';
import { encodeTaste as encode } from '../../src/taste/file.ts';
import { PersonTaste } from '../../src/taste/fold-in.ts';
import { type LearnedTaste, Taste } from '../../src/taste/model.ts';
import { trainTaste } from '../../src/taste/train.ts';
import { FILMS, KINDS, starsOf, worldOf } from './world.ts';

const encodeTaste = (learned: LearnedTaste) => encode({ learned, trainedAt: 0, ownRatings: 0 });
const SMALL = { factorRank: 3, affinityRank: 4 };
const WORLD = worldOf(40);
const train = (people = WORLD, extra = {}) =>
  trainTaste({ ratings: people, content: KINDS, settings: SMALL, ...extra });

let taste: Taste;
beforeAll(async () => {
  taste = new Taste(await train());
});

const ratings = (likesLoud: boolean, movies: readonly string[]) =>
  movies.map((movie) => ({ movie, stars: starsOf(likesLoud, movie), content: KINDS.of(movie) }));
const expected = (person: PersonTaste, movie: string, from = taste) =>
  person.expect(from.placeOf(movie, KINDS.of(movie)));

describe('training', () => {
  it('gives the same bytes for the same ratings and seed', async () => {
    expect(encodeTaste(await train())).toEqual(encodeTaste(taste.learned));
  });

  it('learns from ratings that arrive one by one', async () => {
    async function* arriving() {
      yield* WORLD;
    }
    const learned = await trainTaste({ ratings: arriving(), content: KINDS, settings: SMALL });
    expect(encodeTaste(learned)).toEqual(encodeTaste(taste.learned));
  });

  it('stops when sweeps no longer pay, on ratings that are held back, and says how far it is', async () => {
    const errors: number[] = [];
    await train(WORLD, {
      settings: { ...SMALL, maxSweeps: 500 },
      onProgress: ({ sweep, heldBackError }: { sweep: number; heldBackError: number }) => {
        errors.push(heldBackError);
        expect(sweep).toBe(errors.length);
      },
    });
    expect(errors.length).toBeLessThan(200);
    const best = Math.min(...errors.slice(0, -3));
    for (const late of errors.slice(-3)) expect(late).toBeGreaterThanOrEqual(best - 1e-4 * 3);
    expect(best).toBeLessThan(0.5);
  });

  it('gives up at once when it is told to', async () => {
    const stop = new AbortController();
    const training = train(WORLD, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(training).rejects.toThrow('enough');
  });

  it('refuses stars out of range', async () => {
    await expect(train([{ person: 'a', movie: 'loud0', stars: 7, at: 0 }])).rejects.toThrow(RangeError);
  });

  it('makes something of no ratings at all', async () => {
    const empty = new Taste(await train([]));
    const stranger = new PersonTaste(empty, []);
    expect(expected(stranger, 'loud0', empty).stars).toBeCloseTo(2.75);
    expect(empty.likeness('loud0', 'loud2')).toBeUndefined();
  });
});

describe('a person folded in', () => {
  it('is expected to like what their like like', () => {
    const person = new PersonTaste(taste, ratings(true, FILMS.slice(0, 6)));
    for (const movie of FILMS.slice(6)) {
      expect(Math.abs(expected(person, movie).stars - starsOf(true, movie))).toBeLessThan(0.5);
    }
  });

  it('stands where training anew would have put them', async () => {
    const own = ratings(true, FILMS.slice(0, 20));
    const anew = await train([...WORLD, ...own.map((rating, at) => ({ ...rating, person: 'new', at }))]);
    const before = new PersonTaste(taste, own);
    const retrained = new Taste(anew);
    const after = new PersonTaste(retrained, own);
    for (const movie of FILMS.slice(20)) {
      expect(Math.abs(expected(before, movie).stars - expected(after, movie, retrained).stars)).toBeLessThan(
        0.1,
      );
    }
  });

  it('is ranked films of their kind first', () => {
    const person = new PersonTaste(taste, ratings(false, FILMS.slice(0, 6)));
    const score = (movie: string) => person.score(taste.placeOf(movie, KINDS.of(movie)));
    const order = FILMS.slice(6).toSorted((a, b) => score(b) - score(a));
    expect(order.slice(0, 12).every((movie) => movie.startsWith('quiet'))).toBe(true);
  });

  it('moves at once, and smoothly, with each rating', () => {
    const expectedAfter = (count: number) =>
      expected(new PersonTaste(taste, ratings(true, FILMS.slice(0, count))), 'loud28').stars;
    const path = [0, 1, 3, 9].map(expectedAfter);
    expect(path).toEqual(path.toSorted((a, b) => a - b));
    expect(path[0]).toBeLessThan(4);
    expect(path.at(-1)).toBeGreaterThan(4.5);
  });

  it('is better known with more ratings', () => {
    const unsureAfter = (count: number) =>
      expected(new PersonTaste(taste, ratings(true, FILMS.slice(0, count))), 'loud28').deviation;
    expect(unsureAfter(0)).toBeGreaterThan(2 * unsureAfter(8));
  });

  it('is expected to like a film that nobody rated by what it is', () => {
    const person = new PersonTaste(taste, ratings(true, FILMS.slice(0, 6)));
    expect(expected(person, 'loud-and-new').stars).toBeGreaterThan(
      expected(person, 'quiet-and-new').stars + 1,
    );
  });

  it('has a taste for content where nothing was ever trained', async () => {
    const untrained = new Taste(await train([]));
    const person = new PersonTaste(untrained, ratings(true, FILMS.slice(0, 6)));
    expect(expected(person, 'loud8', untrained).stars).toBeGreaterThan(
      expected(person, 'quiet9', untrained).stars,
    );
    expect(person.score(untrained.placeOf('loud8', KINDS.of('loud8')))).toBeGreaterThan(
      person.score(untrained.placeOf('quiet9', KINDS.of('quiet9'))),
    );
  });

  it('cannot have stars out of range', () => {
    expect(() => new PersonTaste(taste, [{ movie: 'loud0', stars: 0 }])).toThrow(RangeError);
  });
});

describe('likeness by ratings', () => {
  it('is high for films that the same people like, low for others, the same both ways', () => {
    const alike = taste.likeness('loud0', 'loud2')!;
    const unlike = taste.likeness('loud0', 'quiet1')!;
    expect(alike.likeness).toBeGreaterThan(unlike.likeness);
    expect(taste.likeness('loud2', 'loud0')).toEqual(alike);
    expect(alike.likeness).toBeLessThanOrEqual(1);
  });

  it('tells the closest films, the surest first', () => {
    const sureness = (id: string) => {
      const { likeness, trust } = taste.likeness('loud0', id)!;
      return likeness * trust;
    };
    const others = FILMS.filter((id) => id !== 'loud0' && sureness(id) > 0);
    const wanted = others.toSorted((a, b) => sureness(b) - sureness(a)).slice(0, 5);
    expect(taste.closestTo('loud0', 5)).toEqual(wanted);
    expect(taste.closestTo('loud-and-new', 5)).toEqual([]);
  });

  it('is not known for a film that nobody rated', () => {
    expect(taste.likeness('loud0', 'loud-and-new')).toBeUndefined();
  });
});
