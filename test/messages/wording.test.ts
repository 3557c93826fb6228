import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/messages/en.ts';
import { say, titleOf } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import { aMovie, inception } from '../fixtures/movies.ts';

const words = new Wording('en');

describe('wording', () => {
  it('gives a message as styled spans, with values as they are', () => {
    expect(words.spans(say('similar.match', { title: titleOf(inception), year: '2010' }))).toEqual([
      'Because you like ',
      { style: 'bold', text: 'Inception' },
      ' (2010):',
    ]);
  });

  it('never reads markup or syntax in a value', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        const spans = words.spans(say('similar.matchNoYear', { title: titleOf(aMovie({ title })) }));
        expect(spans).toEqual(['Because you like ', { style: 'bold', text: title }, ':']);
      }),
      { examples: [['<b>x</b>'], ['{{year}}'], ['$t(error.ours)'], ['**x**']] },
    );
  });

  it('joins lists and chooses plural forms', () => {
    expect(words.text(say('reason.director', { values: ['A', 'B', 'C'] }))).toBe('Also by A, B, and C');
    expect(words.text(say('note.unknownField', { count: 1 }))).toMatch(/^1 close film was/u);
    expect(words.text(say('note.unknownField', { count: 2 }))).toMatch(/^2 close films were/u);
  });

  it('words messages inside messages', () => {
    expect(words.text(say('filter.withoutGenre', { genre: say('genre.horror') }))).toBe('no Horror');
  });

  it('has balanced style tags in every message', () => {
    for (const [key, text] of Object.entries(en)) {
      expect(text.replaceAll(/<(b|i|code)>[^<]*<\/\1>/gu, ''), key).not.toMatch(/[<>]/u);
    }
  });
});
