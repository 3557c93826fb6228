import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { createTerminalAdapter } from '../../../adapters/terminal/index.ts';
import { readLine } from '../../../adapters/terminal/read.ts';
import { render } from '../../../adapters/terminal/render.ts';
import type { Bot } from '../../../src/chat/bot.ts';
import type { Invocation } from '../../../src/chat/invocation.ts';
import type { SealedAction, SealedReply } from '../../../src/chat/reply.ts';
import { LANGUAGES } from '../../../src/messages/languages.ts';
import { say } from '../../../src/messages/message.ts';
import { aMovie, inception } from '../../fixtures/movies.ts';

const button = (id: string): SealedAction => ({
  id,
  label: say('button.similar'),
  run: { command: 'similar', args: {} },
  for: 'asker',
  opens: 'here',
});

const reply = (blocks: SealedReply['blocks']): SealedReply => ({
  blocks,
  language: 'en',
  replaces: false,
  refused: false,
});

const results = (movies = [inception]): SealedReply =>
  reply([
    {
      kind: 'results',
      seeds: [],
      items: movies.map((movie, index) => ({
        rank: index + 1,
        movie,
        score: 0.876,
        reasons: [{ kind: 'theme', values: ['heist', 'dreams'] }],
        similar: button(`s${index + 1}`),
      })),
      page: 1,
      pages: 2,
      filters: [],
      notes: [],
      more: button('more'),
    },
  ]);

const choices = reply([
  {
    kind: 'choices',
    items: [
      {
        movie: aMovie({ title: 'The Thing', year: 1982 }),
        tellsApart: [say('tells.director', { names: ['John Carpenter'] })],
        pick: button('a'),
      },
      { movie: aMovie({ title: 'The Thing', year: 2011 }), tellsApart: [], pick: button('b') },
    ],
  },
]);

describe('the terminal renderer', () => {
  it('draws a result with rank, title, year, match, facts, reason and overview', () => {
    expect(render(results(), { columns: 60, colours: false }).text).toBe(
      [
        ' 1  Inception (2010)                                    88 %',
        '    Science Fiction · Thriller · 148 min',
        '    Both: heist and dreams',
        '    A thief walks through the dreams of others to steal what',
        '    they hide.',
        '',
        'Page 1 of 2',
        '',
        'Type /more or /1–/1 for films like that one.',
      ].join('\n'),
    );
  });

  it('numbers choices and says what tells them apart', () => {
    const drawn = render(choices, { columns: 60, colours: false });
    expect(drawn.text).toBe(
      [' 1  The Thing (1982) · by John Carpenter', ' 2  The Thing (2011)', '', 'Type a number to pick.'].join(
        '\n',
      ),
    );
    expect(drawn.picks).toEqual(['a', 'b']);
  });

  it('uses colours only where they are wanted', () => {
    expect(render(results(), { columns: 60, colours: true }).text).toContain('\u001b[1mInception (2010)');
    expect(render(results(), { columns: 60, colours: false }).text).not.toContain('\u001b');
  });

  it('stays within any window, whatever the movies are and in whatever language', () => {
    const wild = fc.record({
      title: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
      overview: fc.string({ unit: 'grapheme', maxLength: 600 }),
    });
    fc.assert(
      fc.property(
        fc.array(wild, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(...LANGUAGES),
        (facts, columns, language) => {
          const reply = { ...results(facts.map((each) => aMovie(each))), language };
          const { text } = render(reply, { columns, colours: false });
          // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach the terminal
          expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u);
          for (const line of text.split('\n'))
            expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(20, columns) + 1);
        },
      ),
    );
  });
});

describe('a line in the terminal', () => {
  const open = { picks: ['a', 'b'], shortcuts: new Map([['/more', 'm']]) };

  it.each([
    ['2', { kind: 'button', id: 'b' }],
    ['/more', { kind: 'button', id: 'm' }],
    ['/similar 2', { kind: 'text', text: '/similar 2' }],
    ['3', { outOfRange: 2 }],
    ['  ', undefined],
  ])('is read by what is on the screen: %j', (line, ask) => {
    expect(readLine(line, open)).toEqual(ask);
  });

  it('that is a bare number is a film while no choice is open', () => {
    expect(readLine('9', { picks: [], shortcuts: new Map() })).toEqual({ kind: 'text', text: '9' });
    expect(readLine('9', undefined)).toEqual({ kind: 'text', text: '9' });
  });
});

describe('the terminal chat', () => {
  it('answers every line in order, follows picks, and ends with the input', async () => {
    const asked: Invocation['ask'][] = [];
    const bot: Bot = {
      commands: [],
      complete: async () => [],
      language: async () => 'en',
      polled: async () => {},
      moved: async () => {},
      told: async () => {},
      async handle({ ask }) {
        asked.push(ask);
        return ask.kind === 'text' ? choices : reply([{ kind: 'text', lines: [say('help.what')] }]);
      },
    };
    const input = new PassThrough();
    const output = new PassThrough();
    const terminal = createTerminalAdapter({ input, output, interactive: false, colours: false });
    await terminal.start(bot);
    input.end('the thing\n\n2\n7');
    await terminal.ended;
    output.end();
    const text = Buffer.concat(await output.toArray()).toString();
    expect(asked).toEqual([
      { kind: 'text', text: 'the thing' },
      { kind: 'button', id: 'b' },
      { kind: 'text', text: '7' },
    ]);
    expect(text.indexOf('John Carpenter')).toBeLessThan(text.indexOf('Tell me a film'));
  });
});
