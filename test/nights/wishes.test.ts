import { describe, expect, it } from 'vitest';
import { countVotes, decide } from '../../src/nights/decide.ts';
import { MOODS } from '../../src/nights/moods.ts';
import { wishOfAll } from '../../src/nights/wishes.ts';
import type { Wish } from '../../src/people/nights.ts';

const wish = (filters: Wish['filters'], more: Partial<Wish> = {}): Wish => ({ filters, ...more });
const filtersOf = (night: Wish, ...members: Wish[]) => wishOfAll(night, members).filters;
const open = wish({});

describe('the wishes of a group', () => {
  it('say every mood as often as somebody wants it, and what the night began with', () => {
    const { mood } = wishOfAll(wish({}, { words: 'rain' }), [
      wish({}, { mood: 'laugh' }),
      wish({}, { mood: 'laugh', words: 'puns' }),
      wish({}, { mood: 'an old one' }),
    ]);
    expect(mood).toBe(`rain. ${MOODS.laugh.words}. puns. ${MOODS.laugh.words}`);
    expect(wishOfAll(open, [open])).toEqual({ filters: {} });
  });

  it('ask for a genre where all who wish for anything wish for it', () => {
    const laugh = wish({}, { mood: 'laugh' });
    expect(filtersOf(open, laugh, open, laugh)).toEqual({ genres: ['comedy'] });
    expect(filtersOf(open, laugh, wish({}, { mood: 'scare' }))).toEqual({});
  });

  it('leave out what anybody does not want, and keep the narrowest bounds', () => {
    const cosy = wish({}, { mood: 'cosy' });
    expect(filtersOf(open, cosy, wish({ from: 1980, runtime: { max: 120 } }), wish({ from: 1990 }))).toEqual({
      withoutGenres: ['horror', 'war'],
      from: 1990,
      runtime: { max: 120 },
    });
    expect(filtersOf(open, wish({}, { mood: 'short' }), wish({ runtime: { min: 60, max: 200 } }))).toEqual({
      runtime: { min: 60, max: 100 },
    });
  });

  it('hold what the night began with against everybody', () => {
    const night = wish({ genres: ['horror'], from: 2000, language: 'fr' });
    expect(filtersOf(night, wish({}, { mood: 'cosy' }), wish({ to: 1990, language: 'ja' }))).toEqual({
      genres: ['horror'],
      withoutGenres: ['war'],
      from: 2000,
      language: 'fr',
    });
  });

  it('cancel out where they contradict each other', () => {
    expect(filtersOf(open, wish({ language: 'fr' }), wish({ language: 'ja' }))).toEqual({});
    expect(filtersOf(open, wish({ from: 1990 }), wish({ to: 1980 }))).toEqual({ from: 1990 });
  });
});

describe('a vote', () => {
  const proposal = [
    { movie: 1, score: 0.4, mean: 0.9 },
    { movie: 2, score: 0.6, mean: 0.6 },
    { movie: 3, score: 0.6, mean: 0.7 },
  ];

  it('is won by most votes', () => {
    expect(decide(proposal, [3, 1, 0])).toEqual({ winner: 1, votes: 3, total: 4, tied: false });
  });

  it('with a tie, by the group’s score, then by its mean', () => {
    expect(decide(proposal, [2, 2, 0])).toEqual({ winner: 2, votes: 2, total: 4, tied: true });
    expect(decide(proposal, [1, 1, 1])).toEqual({ winner: 3, votes: 1, total: 3, tied: true });
  });

  it('that nobody cast is won by the group’s score', () => {
    expect(decide(proposal, [])).toEqual({ winner: 3, votes: 0, total: 0, tied: false });
    expect(decide([], [1])).toBeUndefined();
  });

  it('counts each ballot at its place, and none where nothing was proposed', () => {
    expect(countVotes([0, 2, 2, 9], 3)).toEqual([1, 0, 2]);
  });
});
