import { describe, expect, it } from 'vitest';
import { resolverOn } from './helpers.ts';

const resolver = await resolverOn();
const completed = async (text: string, limit = 3) =>
  (await resolver.complete(text, limit)).map(({ title }) => title);

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
