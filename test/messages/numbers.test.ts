import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/messages/languages.ts';
import { say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';

/** Some write a narrow or a hard space where others write a plain one: that is no other format. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ');

describe.each(LANGUAGES)('numbers in %s', (language) => {
  const words = new Wording(language);
  const format = (value: number, options: Intl.NumberFormatOptions = {}) =>
    plain(new Intl.NumberFormat(language, options).format(value));

  it('are written as they are there', () => {
    expect(plain(words.text(say('filter.votes', { votes: 1_234_567 })))).toContain(format(1_234_567));
    expect(plain(words.text(say('note.unknownField', { count: 12_345 })))).toContain(format(12_345));
    expect(plain(words.text(say('card.rating', { rating: 8.8, source: 'x' })))).toContain(format(8.8));
    // English keeps a space before the sign, as the product's pictures show it.
    const percent = plain(words.text(say('result.match', { percent: '87' })));
    expect(percent).toBe(language === 'en' ? '87 %' : format(0.87, { style: 'percent' }));
    const minutes = format(148, { style: 'unit', unit: 'minute' }).replaceAll(' ', '');
    expect(plain(words.text(say('result.runtime', { minutes: '148' }))).replaceAll(' ', '')).toBe(minutes);
  });
});
