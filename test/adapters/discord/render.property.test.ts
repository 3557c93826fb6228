import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderMessage } from '../../../adapters/discord/render.ts';
import { GENRE_SLUGS } from '../../../src/catalogue/genres.ts';
import type { Movie } from '../../../src/catalogue/movie.ts';
import type { SealedReply } from '../../../src/chat/reply.ts';
import { LANGUAGES } from '../../../src/messages/languages.ts';
import { type Message, say, titleOf } from '../../../src/messages/message.ts';
import { messageProblems } from '../../fakes/discord/message-problems.ts';
import { description, requestProblems } from '../../fakes/discord/schema.ts';
import { action, movie, results } from './samples.ts';

const PIECES = [
  '**',
  '_',
  '||',
  '`',
  '[x](https://y.z)',
  '<@1>',
  '@everyone',
  '\n# ',
  '\\',
  '字',
  '𝕏',
  '👩‍👩‍👧‍👦',
  '\u202e',
  'a\u0301',
  ' ',
  'word',
];

/** From nothing at all to what fills several messages, in any script, with any markup. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc
    .tuple(fc.constantFrom(...PIECES), fc.constantFrom(100, 1000, 5000))
    .map(([piece, times]) => piece.repeat(times).slice(0, 9000)),
);

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const language = fc.constantFrom(...LANGUAGES);

const anyMovie: fc.Arbitrary<Movie> = fc
  .record({
    title: text,
    original: optional(text),
    language: optional(language),
    aka: fc.array(fc.record({ title: text, language }), { maxLength: 4 }),
    year: optional(fc.integer({ min: 1870, max: 2100 })),
    overview: optional(text),
    overviewSource: optional(text),
    runtime: optional(fc.integer({ min: 1, max: 9999 })),
    rating: optional(fc.double({ min: 0, max: 10, noNaN: true })),
    genres: fc.subarray([...GENRE_SLUGS]),
    directors: fc.array(text, { maxLength: 4 }),
    cast: fc.array(text, { maxLength: 8 }),
    kind: fc.constantFrom('movie', 'show'),
    poster: optional(
      fc.oneof(
        fc.webUrl({ validSchemes: ['https'] }),
        text.map((path) => `https://x.y/${path}`),
        text,
      ),
    ),
  })
  .map((facts) =>
    movie(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))),
  );

const reasons = fc.array(
  fc.record({
    kind: fc.constantFrom('theme', 'director', 'cast', 'genre', 'close'),
    values: fc.array(text, { maxLength: 3 }),
  }),
  { maxLength: 2 },
) as fc.Arbitrary<{ kind: 'theme'; values: string[] }[]>;

const message: fc.Arbitrary<Message> = fc.oneof(
  anyMovie.map((each) => say('note.thinSeed', { title: titleOf(each) })),
  fc.integer({ min: 0, max: 1_000_000 }).map((count) => say('note.unknownField', { count })),
  fc.constant(say('note.wordsOnly')),
);

const longId = (name: string, index: number) => `${name}${index}`.padEnd(64, 'A');

/** A list with everything on: five films, all filters and notes, pages, ways on, series, and "Not it?" below. */
const list = fc
  .record({
    heading: fc.array(message, { minLength: 1, maxLength: 2 }),
    items: fc.array(
      fc.record({ movie: anyMovie, score: fc.double({ min: 0, max: 1, noNaN: true }), reasons }),
      { minLength: 0, maxLength: 5 },
    ),
    filters: fc.array(message, { maxLength: 12 }),
    notes: fc.array(message, { maxLength: 4 }),
    narrow: fc.array(message, { maxLength: 4 }),
    others: fc.array(anyMovie, { maxLength: 3 }),
  })
  .map(({ heading, items, filters, notes, narrow, others }): SealedReply['blocks'] => [
    { kind: 'text', lines: heading },
    results({
      items: items.map((item, index) => ({
        ...item,
        rank: index + 1,
        similar: action(longId('similar', index)),
        rating: {
          quick: [0, 1, 2, 3].map((quick) => action(longId('quick', index * 10 + quick))),
          whole: action(longId('whole', index)),
        },
      })),
      page: 2,
      pages: 10,
      filters,
      notes,
      previous: action(longId('previous', 0)),
      more: action(longId('more', 0)),
      narrow: narrow.map((label, index) => action(longId('narrow', index), { label })),
      clear: action(longId('clear', 0)),
    }),
    { kind: 'buttons', buttons: items.map((_, index) => action(longId('series', index))) },
    { kind: 'text', lines: [say('similar.notIt')] },
    {
      kind: 'buttons',
      buttons: others.map((other, index) =>
        action(longId('other', index), { label: say('result.title', { title: titleOf(other) }) }),
      ),
    },
  ]);

const choices = fc
  .array(fc.record({ movie: anyMovie, tellsApart: fc.array(message, { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((items): SealedReply['blocks'] => [
    {
      kind: 'choices',
      items: items.map((item, index) => ({
        ...item,
        pick: action(longId('pick', index), { label: say('result.title', { title: titleOf(item.movie) }) }),
      })),
    },
  ]);

const card = fc
  .tuple(anyMovie, fc.array(fc.tuple(text, text), { maxLength: 3 }))
  .map(([shown, links]): SealedReply['blocks'] => [
    {
      kind: 'card',
      movie: shown,
      actions: [0, 1, 2, 3, 4].map((index) => action(longId('action', index))),
      links: links.map(([label, path]) => ({
        label: say('card.link', { site: label }),
        href: `https://x.y/${path}`,
      })),
    },
  ]);

test('no reply can break a limit of Discord’s, whatever the movies are like and in whatever language', () => {
  fc.assert(
    fc.property(fc.oneof(list, choices, card), fc.boolean(), language, (blocks, posters, readers) => {
      const body = renderMessage({ blocks, language: readers, replaces: false, refused: false }, { posters });
      expect(messageProblems(body)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(body.components))).toBeLessThan(16_000);
      const asResponse = { type: 4, data: body };
      const path = '/interactions/{interaction_id}/{interaction_token}/callback';
      expect(description ? requestProblems(path, 'post', asResponse) : []).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

/** Sources are whatever an import says: also words that every object of JavaScript answers to. */
const ofOddSource = movie({
  overview: 'A story.',
  overviewSource: 'valueOf',
  rating: 7,
  ratingSource: 'constructor',
});

test('every button of a reply is in the message, under its own id', () => {
  fc.assert(
    fc.property(fc.oneof(list, choices, card), (blocks) => {
      const body = renderMessage(
        { blocks, language: 'en', replaces: false, refused: false },
        { posters: true },
      );
      const drawn = JSON.stringify(body.components);
      for (const id of idsOf(blocks)) expect(drawn).toContain(JSON.stringify(id));
    }),
    { numRuns: 100, examples: [[[{ kind: 'card', movie: ofOddSource, actions: [], links: [] }]]] },
  );
});

function idsOf(blocks: SealedReply['blocks']): string[] {
  const actions = JSON.stringify(blocks, (name, value) =>
    name === 'movie' || name === 'titleOf' || name === 'quick' ? undefined : value,
  );
  return [...actions.matchAll(/"id":"([^"]+)"/gu)].map((match) => match[1]!);
}
