import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packOpinion, unpackOpinion } from '../../src/people/packed-opinion.ts';
import { aRecord } from '../fixtures/records.ts';
import { asking, aTasteBot, buttonOf, wordsOf } from '../fixtures/taste-bot.ts';
import { gave } from '../recommender/personal/opinions.ts';

const ANN = 'discord:1';
const BOB = 'telegram:2';

describe('/rate', () => {
  it('notes the stars at the end of what is typed, however they are written', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const ann = asking(bot, ANN);
    for (const [typed, stars] of [
      ['4.5', 4.5],
      ['4,5', 4.5],
      ['3½', 3.5],
      ['½', 0.5],
      ['2 stars', 2],
      ['9/10', 4.5],
      ['5★', 5],
    ] as const) {
      expect(wordsOf(await ann.type(`/rate alien ${typed}`)), typed).toContain('for Alien.');
      expect((await opinions.on(ANN, movie('Alien').number))?.stars, typed).toBe(stars);
    }
  });

  it('takes the number for a part of the title where that is one', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const ann = asking(bot, ANN);
    expect(wordsOf(await ann.type('/rate apollo 13'))).toBe('What did you think of Apollo 13 (1995)?');
    expect(wordsOf(await ann.type('/rate toy story 3'))).toBe('What did you think of Toy Story 3 (2010)?');
    await ann.type('/rate toy story 3 4');
    await ann.type('/rate apollo 13 stars:2');
    expect((await opinions.of(ANN)).map(({ movie: number, stars }) => [number, stars])).toEqual(
      expect.arrayContaining([
        [movie('Toy Story 3').number, 4],
        [movie('Apollo 13').number, 2],
      ]),
    );
    expect(await opinions.count(ANN)).toBe(2);
  });

  it.each([
    ['/rate alien 7', '“7” is no rating'],
    ['/rate alien 0', '“0” is no rating'],
    ['/rate alien 3.3', '“3.3” is no rating'],
    ['/rate alien -1', '“-1” is no rating'],
    ['/rate alien stars:many', '“many” is no rating'],
    ['/rate alien as:great', '“great” does not work for as'],
    ['/rate nosuchfilm 4', 'I found no film called “nosuchfilm”'],
    ['/rate', 'You have rated nothing yet'],
  ])('says what is wrong with %s and notes nothing', async (typed, sentence) => {
    const { bot, opinions } = await aTasteBot();
    expect(wordsOf(await asking(bot, ANN).type(typed))).toContain(sentence);
    expect(await opinions.count(ANN)).toBe(0);
  });

  it('alone shows the last rated film, an adult title in age-restricted places alone', async () => {
    const { bot, parts, opinions, movie } = await aTasteBot();
    await parts.catalogue.upsert([
      aRecord({ title: 'Forbidden', year: 1999, adult: true, ids: { imdb: 'tt0000099' } }),
    ]);
    const forbidden = (await parts.catalogue.movies(0, 100)).find(({ title }) => title === 'Forbidden')!;
    await opinions.put(ANN, { ...gave(movie('Heat').number, 4), at: 1 });
    await opinions.put(ANN, { ...gave(forbidden.number, 5), at: 2 });
    expect(wordsOf(await asking(bot, ANN).type('/rate'))).toContain('Heat');
    const restricted = asking(bot, ANN, { chat: { kind: 'private', ageRestricted: true } });
    expect(wordsOf(await restricted.type('/rate'))).toContain('Forbidden');
  });

  it('says at the first rating, and only then, that it learns and how to end that', async () => {
    const { bot } = await aTasteBot();
    const ann = asking(bot, ANN);
    const first = await ann.type('/rate alien 4');
    expect(wordsOf(first)).toMatch(/^From now on I learn your taste .*\/forgetme/u);
    expect(first.note).toBe('important');
    const second = await ann.type('/rate heat 4');
    expect(wordsOf(second)).toBe('Noted: 4 ★ for Heat.');
    expect(second.note).toBe('brief');
    expect(wordsOf(await asking(bot, BOB).type('/rate heat 4'))).toContain('From now on');
  });

  it('undoes exactly what it did, for the one who rated alone', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const ann = asking(bot, ANN);
    const first = await ann.type('/rate alien 4');
    const second = await ann.type('/rate alien as:dismissed');
    expect(await opinions.on(ANN, movie('Alien').number)).toMatchObject({
      stars: 4,
      seen: true,
      dismissed: true,
    });
    expect((await asking(bot, BOB).press(buttonOf(second, 'Undo'))).refused).toBe(true);
    await ann.press(buttonOf(second, 'Undo'));
    expect(await opinions.on(ANN, movie('Alien').number)).toMatchObject({
      stars: 4,
      seen: true,
      dismissed: false,
    });
    expect(wordsOf(await ann.press(buttonOf(first, 'Undo')))).toBe(
      'Undone: for Alien it is as it was before.',
    );
    expect(await opinions.of(ANN)).toEqual([]);
  });

  it('shows what was said of the last film, and takes it back', async () => {
    const { bot, opinions } = await aTasteBot();
    const ann = asking(bot, ANN);
    await ann.type('/rate alien as:seen');
    const panel = await ann.type('/rate');
    expect(wordsOf(panel)).toBe(
      'What did you think of Alien (1979)?\nSo far you said that you have seen it.',
    );
    expect(wordsOf(await ann.press(buttonOf(panel, 'Take it back')))).toContain('Taken back');
    expect(await opinions.count(ANN)).toBe(0);
    await ann.press(buttonOf(panel, '3½ ★'));
    expect((await opinions.of(ANN))[0]?.stars).toBe(3.5);
  });

  it('lets anyone press the ratings of a card, each for their own account', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const card = await asking(bot, ANN).type('/movie alien');
    const good = buttonOf(card, '👍 Good');
    const reply = await asking(bot, BOB, { chat: { kind: 'group' } }).press(good);
    expect(reply).toMatchObject({ replaces: false, onlyForAsker: true, note: 'important' });
    await asking(bot, ANN).press(buttonOf(card, '👎 Bad'));
    const { number } = movie('Alien');
    expect([await opinions.on(BOB, number), await opinions.on(ANN, number)]).toMatchObject([
      { stars: 4.5, seen: true },
      { stars: 1.5, seen: true },
    ]);
  });

  it('keeps nothing of somebody without an account', async () => {
    const { bot } = await aTasteBot();
    const reply = await bot.handle({ ask: { kind: 'text', text: '/rate alien 4' }, chat: { kind: 'group' } });
    expect(wordsOf(reply)).toContain('I cannot tell here who you are');
  });

  it('keeps the last of many ratings at the same moment, and none is lost', async () => {
    const { bot, opinions } = await aTasteBot();
    const ann = asking(bot, ANN);
    await Promise.all([
      ...['1', '2', '5'].map((stars) => ann.type(`/rate alien ${stars}`)),
      ann.type('/rate alien as:seen'),
      ann.type('/rate heat as:seen'),
    ]);
    const all = await opinions.of(ANN);
    expect(all).toHaveLength(2);
    expect(all.some(({ stars }) => stars !== undefined && [1, 2, 5].includes(stars))).toBe(true);
  });
});

describe('an opinion in a button', () => {
  it('comes out as it went in', () => {
    const opinion = fc.record({
      stars: fc.option(
        fc.integer({ min: 1, max: 10 }).map((halves) => halves / 2),
        { nil: undefined },
      ),
      seen: fc.boolean(),
      dismissed: fc.boolean(),
    });
    fc.assert(
      fc.property(opinion, ({ stars, ...rest }) => {
        const whole = { ...rest, movie: 7, at: 1, ...(stars !== undefined && { stars }) };
        expect(unpackOpinion(packOpinion(whole), 7, 1)).toEqual(whole);
      }),
    );
    expect(unpackOpinion(packOpinion(undefined), 7, 1)).toBeUndefined();
  });

  it.each([1, 63, 75, 128])('is refused where it is forged: %i', (packed) => {
    expect(() => unpackOpinion(packed, 7, 1)).toThrow(RangeError);
  });
});
