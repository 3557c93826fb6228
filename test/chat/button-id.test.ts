import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { GENRE_SLUGS } from '../../src/catalogue/genres.ts';
import { BUTTON_ID_LENGTH, ButtonIds } from '../../src/chat/button-id.ts';
import type { Call } from '../../src/chat/invocation.ts';
import type { Action } from '../../src/chat/reply.ts';
import { say } from '../../src/messages/message.ts';
import { memoryViews } from '../fixtures/memory-views.ts';

const action = (run: Call, rest: Partial<Action> = {}): Action => ({
  label: say('button.more'),
  run,
  for: 'asker',
  opens: 'here',
  ...rest,
});

const ids = () => new ButtonIds(commands, memoryViews());

async function decoded(buttons: ButtonIds, id: string) {
  const outcome = await buttons.decode(id);
  if ('problem' in outcome) throw new Error(`does not decode: ${outcome.problem}`);
  return outcome;
}

describe('button ids', () => {
  /** Ids that were given out by version 1: they must decode to the same for good. */
  const golden: [string, Call, Action['for'], string | undefined][] = [
    ['AYIqAQEBASICAg', { command: 'similar', args: { title: 'kindred:17', page: '2' } }, 'anyone', undefined],
    [
      'AbB6AQAxcOQ4AQEiAgIDgCCQAQS8DwX5DwcAeA',
      {
        command: 'similar',
        args: {
          title: 'kindred:17',
          page: '2',
          genre: 'horror,-comedy,-drama',
          from: '1980',
          to: '2041',
          runtime: '120',
        },
      },
      'asker',
      'telegram:1',
    ],
    ['AZD9FQAxcOQ4KAI', { command: 'language', args: { language: 'es' } }, 'asker', 'telegram:1'],
    ['AT0pAgMBASI', { command: 'movie', args: { title: 'kindred:17' } }, 'anyone', undefined],
  ];

  it.each(golden)('of version 1 decode for good: %s', async (id, call, audience, asker) => {
    const outcome = await decoded(ids(), id);
    expect(outcome.call).toEqual(call);
    expect(outcome.mayPress(asker)).toBe(true);
    expect(outcome.mayPress('telegram:2')).toBe(audience === 'anyone');
  });

  it.each(golden)('of version 1 are still made the same way: %s', async (id, call, audience, asker) => {
    const opens = id === 'AT0pAgMBASI' ? 'new' : 'here';
    expect(await ids().encode(action(call, { for: audience, opens }), asker)).toBe(id);
  });

  const reference = fc.integer({ min: 1, max: 999_999_999 }).map((number) => `kindred:${number}`);
  const blend = fc
    .array(fc.tuple(reference, fc.boolean()), { minLength: 1, maxLength: 8 })
    .map((parts) =>
      parts
        .map(([text, away], index) =>
          index === 0 ? (away ? `- ${text}` : text) : `${away ? '-' : '+'} ${text}`,
        )
        .join(' '),
    );
  const args = fc.record(
    {
      title: fc.oneof(reference, blend, fc.string({ minLength: 1, maxLength: 300 })),
      page: fc.integer({ min: 1, max: 50 }).map(String),
      genre: fc
        .uniqueArray(fc.constantFrom(...GENRE_SLUGS), { minLength: 1 })
        .map((slugs) => slugs.sort(byPlace).join(',')),
      from: fc.integer({ min: 1870, max: 2100 }).map(String),
      runtime: fc.constantFrom('120', '90-120', '90-'),
      language: fc.constantFrom('ja', 'fr'),
      kind: fc.constantFrom('movie', 'show', 'any'),
      private: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: ['title'] },
  );

  it('always round-trip, whatever the arguments, within the length that every platform takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        args,
        fc.boolean(),
        fc.constantFrom<Action['opens']>('here', 'new'),
        async (given, anyone, opens) => {
          const buttons = ids();
          const made = action(
            { command: 'similar', args: given },
            { for: anyone ? 'anyone' : 'asker', opens },
          );
          const id = await buttons.encode(made, 'discord:123456789012345678');
          expect(id.length).toBeLessThanOrEqual(BUTTON_ID_LENGTH);
          expect(id).toMatch(/^[\w-]+$/u);
          const outcome = await decoded(buttons, id);
          expect(outcome.call).toEqual({ command: 'similar', args: given });
          expect(outcome.opens).toBe(opens);
          expect(outcome.mayPress('discord:123456789012345678')).toBe(true);
          expect(outcome.mayPress('discord:999999999999999999')).toBe(anyone);
          expect(outcome.mayPress(undefined)).toBe(anyone);
        },
      ),
    );
  });

  it('that are forged or damaged never throw and never pass for whole ones by chance', async () => {
    const buttons = ids();
    const whole = await buttons.encode(
      action({ command: 'similar', args: { title: 'kindred:17' } }),
      'telegram:1',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.base64String(), fc.string({ maxLength: 500 })),
        async (text) => {
          const outcome = await buttons.decode(text);
          expect('problem' in outcome || outcome.call.command.length > 0).toBe(true);
        },
      ),
    );
    for (let at = 0; at < whole.length; at++) {
      const other = whole[at] === 'A' ? 'B' : 'A';
      const outcome = await buttons.decode(`${whole.slice(0, at)}${other}${whole.slice(at + 1)}`);
      if ('problem' in outcome) continue;
      // Bits of the last character that base64url does not use may change and mean the same.
      expect(at).toBe(whole.length - 1);
      expect(outcome.call.args).toEqual({ title: 'kindred:17' });
    }
  });

  it('of a newer version are told apart from damaged ones', async () => {
    const newer = Buffer.from([2, 0, 0, 1, 1]).toString('base64url');
    expect(await ids().decode(newer)).toEqual({ problem: 'newer' });
    expect(await ids().decode('')).toEqual({ problem: 'damaged' });
    expect(await ids().decode('AYIqAQEBASICA')).toEqual({ problem: 'damaged' });
  });

  it('of a stored view that is not there are damaged', async () => {
    const id = await ids().encode(action({ command: 'similar', args: { title: 'the thing' } }), undefined);
    expect(await ids().decode(id)).toEqual({ problem: 'damaged' });
  });

  it('give each command, and each argument of a command, a code of its own', () => {
    const codes = commands.map((command) => command.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const command of commands) {
      const argCodes = Object.values(command.args).map((arg) => arg.code);
      expect(new Set(argCodes).size).toBe(argCodes.length);
    }
  });
});

function byPlace(a: string, b: string): number {
  return GENRE_SLUGS.indexOf(a as never) - GENRE_SLUGS.indexOf(b as never);
}
