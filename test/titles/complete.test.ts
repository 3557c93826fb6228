import { describe, expect, it } from 'vitest';
import type { TitleRow } from '../../src/catalogue/catalogue.ts';
import { TITLES } from '../fixtures/titles.ts';
import { resolverOn } from './helpers.ts';

const resolver = await resolverOn();
const completed = async (text: string, limit = 3) =>
  (await resolver.complete(text, limit)).map(({ title }) => title);

/** A movie of 1990. */
const row = (number: number, title: string, popularity: number): TitleRow => ({
  number,
  id: `tt${number}`,
  titles: [title],
  year: 1990,
  kind: 'movie',
  popularity,
  adult: false,
});

describe('completing a title', () => {
  it('works from the second letter, the best known first', async () => {
    expect(await completed('in', 2)).toEqual(['Inception', 'Inglourious Basterds']);
    expect((await completed('th'))[0]).toBe('The Shawshank Redemption');
  });

  it('looks at the beginnings of later words and of subtitles, too', async () => {
    expect(await completed('fellow', 1)).toEqual(['The Lord of the Rings: The Fellowship of the Ring']);
    expect(await completed('lambs', 1)).toEqual(['The Silence of the Lambs']);
  });

  it('needs no article', async () => {
    expect((await completed('matr'))[0]).toBe('The Matrix');
  });

  it('finds number words as they are typed', async () => {
    expect((await completed('fift'))[0]).toBe('The Fifth Element');
    expect(await completed('one hund', 1)).toEqual(['One Hundred and One Dalmatians']);
  });

  it('shows a short title that is typed in full', async () => {
    expect((await completed('it'))[0]).toBe('It');
    expect(await completed('9', 1)).toEqual(['9']);
  });

  it('takes what is typed so far for no slip in a shorter title', async () => {
    const completer = await resolverOn([
      ...TITLES,
      ...['The Star', 'Kil', 'Twelve'].map((title, index) => row(900_000 + index, title, 0.9999)),
      row(900_010, '12 Angry Men', 0.99),
    ]);
    const first = async (text: string) => (await completer.complete(text, 3))[0]?.title;
    expect(await first('star w')).toMatch(/^Star Wars/u);
    expect(await first('kill')).toBe('Kill Bill: Vol. 1');
    expect(await first('12 an')).toBe('12 Angry Men');
    expect(await first('twelve an')).toBe('12 Angry Men');
  });

  it('bears slips, numbers and initials, once nothing begins like that', async () => {
    expect((await completed('shawsh redem'))[0]).toBe('The Shawshank Redemption');
    expect((await completed('incpetio'))[0]).toBe('Inception');
    expect((await completed('harry potter 3'))[0]).toBe('Harry Potter and the Prisoner of Azkaban');
  });

  it('knows scripts without spaces', async () => {
    expect(await completed('神隠し', 1)).toEqual(['千と千尋の神隠し']);
    expect(await completed('千と', 1)).toEqual(['千と千尋の神隠し']);
  });

  it('answers an id or address with its movie', async () => {
    expect(await completed('kindred:1')).toEqual(['Inception']);
  });

  it('answers nothing for nothing, keeps to the limit, and hides adult titles', async () => {
    expect(await completed('')).toEqual([]);
    expect(await completed('the', 4)).toHaveLength(4);
    expect(await completed('forbidden')).toEqual([]);
  });
});
