import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  callbackData,
  fitLines,
  fitText,
  lineLength,
  startParameter,
  webAddress,
} from '../../../adapters/telegram/limits.ts';
import { renderMessage, renderNote } from '../../../adapters/telegram/render.ts';
import { GENRE_SLUGS } from '../../../src/catalogue/genres.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import type { SealedReply } from '../../../src/chat/reply.ts';
import { LANGUAGES } from '../../../src/messages/languages.ts';
import { say, titleOf } from '../../../src/messages/message.ts';
import { parseHtml, violationsOf } from '../../fakes/telegram-rules.ts';
import { aMovie } from '../../fixtures/movies.ts';
import { action, sealed, similarTo } from './replies.ts';

/** Texts as bad data has them: markup, half characters, emoji, nothing at all, or far too much. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' ',
    '\n\n',
    '\u200b',
    '\ud800',
    'a\udfff',
    '<b>',
    '</i>',
    '&amp;',
    '&#0;',
    '{{title}}',
    '\u202Eabc',
    '$t(x)',
  ),
  fc.constantFrom('x', '<', '&', '👩‍👩‍👧‍👦', 'Ö ', 'नि').chain((unit) => fc.constant(unit.repeat(6000))),
  fc
    .tuple(fc.string({ maxLength: 10 }), fc.nat(5000))
    .map(([word, times]) => `${word} `.repeat(times).slice(0, 9000)),
);
const oddTexts = fc.array(oddText, { maxLength: 12 });

const language = fc.constantFrom(...LANGUAGES);

const oddMovie: fc.Arbitrary<Movie> = fc
  .record(
    {
      title: oddText,
      original: oddText,
      language,
      aka: fc.array(fc.record({ title: oddText, language }), { maxLength: 3 }),
      year: fc.integer({ min: 1870, max: 2100 }),
      kind: fc.constantFrom('movie' as const, 'show' as const),
      genres: fc.subarray([...GENRE_SLUGS]),
      directors: oddTexts,
      cast: oddTexts,
      overview: oddText,
      runtime: fc.integer({ min: 0, max: 100_000 }),
      rating: fc.double({ min: 0, max: 10, noNaN: true }),
      overviewSource: oddText,
      poster: fc.oneof(oddText, fc.webUrl({ validSchemes: ['https'] })),
    },
    { requiredKeys: ['title', 'genres', 'directors', 'cast'] },
  )
  .map((facts) => aMovie(facts as Partial<Movie>));

const buttonId = fc.stringMatching(/^[\w-]{1,64}$/u);
const oddMessage = oddText.map((title) => say('none.found', { title }));
const oddAction = fc.tuple(buttonId, oddMessage).map(([id, label]) => action(id, label));
const oddLink = fc
  .tuple(oddMessage, fc.oneof(oddText, fc.webUrl()))
  .map(([label, href]) => ({ label, href }));

const reasons = fc.array(
  fc.record({
    kind: fc.constantFrom('theme' as const, 'cast' as const, 'genre' as const, 'close' as const),
    values: oddTexts,
  }),
  { maxLength: 2 },
);

const resultsBlock = fc
  .record({
    items: fc.array(fc.tuple(oddMovie, reasons, buttonId, fc.double({ min: 0, max: 1, noNaN: true })), {
      maxLength: 50,
    }),
    filters: fc.array(oddMessage, { maxLength: 8 }),
    notes: fc.array(oddMessage, { maxLength: 3 }),
    turns: fc.tuple(oddAction, oddAction),
    narrow: fc.array(oddAction, { maxLength: 4 }),
    ways: fc.record({ clear: oddAction, share: oddAction }, { requiredKeys: [] }),
  })
  .map(({ items, filters, notes, turns: [previous, more], narrow, ways }) => ({
    kind: 'results' as const,
    seeds: [],
    items: items.map(([movie, why, id, score], index) => ({
      rank: index + 1,
      movie,
      score,
      reasons: why,
      similar: similarTo(movie, id),
      // Ratings are drawn in lists of up to ten.
      ...(items.length <= 10 && { rating: { quick: [previous, more], whole: previous } }),
    })),
    page: 2,
    pages: 10,
    filters,
    notes,
    previous,
    more,
    narrow,
    ...ways,
  }));

const choicesBlock = fc
  .array(fc.tuple(oddMovie, fc.array(oddMessage, { maxLength: 4 }), oddAction), { maxLength: 25 })
  .map((items) => ({
    kind: 'choices' as const,
    items: items.map(([movie, tellsApart, pick]) => ({ movie, tellsApart, pick })),
  }));

const cardBlock = fc
  .tuple(oddMovie, fc.array(oddAction, { maxLength: 4 }), fc.array(oddLink, { maxLength: 4 }))
  .map(([movie, actions, links]) => ({ kind: 'card' as const, movie, actions, links }));

const oddReply: fc.Arbitrary<SealedReply> = fc
  .tuple(
    fc.array(oddMessage, { maxLength: 4 }).map((lines) => ({ kind: 'text' as const, lines })),
    fc.oneof(resultsBlock, choicesBlock, cardBlock),
    fc
      .array(fc.oneof(oddAction, oddLink), { maxLength: 5 })
      .map((buttons) => ({ kind: 'buttons' as const, buttons })),
  )
  .map((blocks) => sealed(blocks));

function idsOf(reply: SealedReply): string[] {
  return (
    JSON.stringify(reply.blocks, (name, value) => (name === 'whole' ? undefined : value))
      .match(/"id":"[\w-]+","label"/gu)
      ?.map((found) => found.slice(6, -9)) ?? []
  );
}

describe('whatever the data', () => {
  it('a message stays within every limit, its entities are balanced and every button id is untouched', () => {
    fc.assert(
      fc.property(oddReply, fc.boolean(), language, (odd, posters, readers) => {
        const reply = { ...odd, language: readers };
        const message = renderMessage(reply, { posters, username: 'KindredTestBot' });
        expect(violationsOf('sendMessage', { chat_id: 1, ...message })).toEqual([]);
        const sent = message.reply_markup?.inline_keyboard.flat() ?? [];
        const ids = sent.flatMap((button) =>
          'callback_data' in button
            ? [button.callback_data]
            : 'url' in button
              ? (startParameter(button.url) ?? [])
              : [],
        );
        expect(ids.sort()).toEqual(idsOf(reply).sort());
      }),
      { numRuns: 150 },
    );
  });

  it('five films with everything too long are all there', () => {
    const film = aMovie({
      title: 'T'.repeat(5000),
      year: 1999,
      genres: [...GENRE_SLUGS],
      runtime: 99_999,
      overview: 'word '.repeat(2000),
    });
    const item = { movie: film, score: 1, reasons: [{ kind: 'theme', values: ['x'.repeat(3000)] }] } as const;
    const reply = sealed([
      { kind: 'text', lines: [say('similar.match', { title: titleOf(film), year: '1999' })] },
      {
        kind: 'results',
        seeds: [film],
        items: [1, 2, 3, 4, 5].map((rank) => ({ ...item, rank, similar: similarTo(film, `S${rank}`) })),
        page: 1,
        pages: 2,
        filters: [],
        notes: [],
      },
    ]);
    const { text } = parseHtml(renderMessage(reply, { posters: true, username: 'KindredTestBot' }).text);
    expect(text.match(/^\d\. T+… \(1999\) · 100 %$/gmu)).toHaveLength(5);
  });

  it('a note has 1 to 200 characters', () => {
    fc.assert(
      fc.property(fc.array(oddMessage, { maxLength: 3 }), (lines) => {
        const note = renderNote(sealed([{ kind: 'text', lines }]));
        expect(violationsOf('answerCallbackQuery', { callback_query_id: '1', text: note })).toEqual([]);
        expect(note.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('fitting', () => {
  it('cuts at a word where one ends near, never inside a character, and says so', () => {
    expect(fitText('one two three', 13)).toBe('one two three');
    expect(fitText('one two three', 12)).toBe('one two…');
    expect(fitText('👍👍👍', 4)).toBe('👍…');
    expect(fitText('  \u200b ', 10)).toBe('…');
  });

  it('keeps whole lines and cuts the last one', () => {
    expect(fitLines([['abc'], [{ style: 'bold', text: 'defgh' }], ['i']], 7)).toEqual([
      ['abc'],
      [{ style: 'bold', text: 'de…' }],
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.array(oddText, { maxLength: 4 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 300 }),
        (lines, max) => {
          const fitted = fitLines(lines, max);
          const length =
            fitted.reduce((sum, line) => sum + lineLength(line), 0) + Math.max(0, fitted.length - 1);
          expect(length).toBeLessThanOrEqual(max);
        },
      ),
    );
  });

  it('refuses what our own code made too long', () => {
    expect(() => callbackData('x'.repeat(65))).toThrow(RangeError);
    const buttons = Array.from({ length: 101 }, (_, index) => action(`B${index}`, say('button.more')));
    expect(() =>
      renderMessage(sealed([{ kind: 'buttons', buttons }]), { posters: true, username: 'KindredTestBot' }),
    ).toThrow('101 buttons');
  });

  it('takes only addresses that Telegram takes', () => {
    expect(webAddress('https://a.example/x y.jpg')).toBe('https://a.example/x%20y.jpg');
    for (const bad of [
      undefined,
      '',
      'ftp://a.example',
      'https://localhost/x',
      'https://u@a.example/',
      '/x.jpg',
    ])
      expect(webAddress(bad)).toBeUndefined();
  });
});
