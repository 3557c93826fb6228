import type { APIApplicationCommand } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { isRegistered, registration } from '../../../adapters/discord/commands.ts';
import { commands } from '../../../commands/index.ts';
import { choiceArg, flagArg, integerArg, required, textArg, titleArg } from '../../../src/chat/args.ts';
import { type Args, defineCommand } from '../../../src/chat/command.ts';
import { requestProblems } from '../../fakes/discord/schema.ts';

function command(args: Args) {
  return defineCommand({
    name: 'sample',
    code: 9,
    summary: 'help.summary',
    args,
    run: async () => ({ blocks: [] }),
  });
}

describe('registration', () => {
  test('turns every kind of argument into an option, required ones first', () => {
    const sample = command({
      words: textArg({ code: 1, summary: 'arg.genre', maxLength: 200 }),
      from: integerArg({ code: 2, name: 'from', summary: 'arg.from', min: 1870, max: 2100 }),
      kind: choiceArg({
        code: 3,
        name: 'kind',
        summary: 'arg.kind',
        choices: [{ value: 'show', label: 'kind.show' }],
      }),
      private: flagArg({ code: 4, name: 'private', summary: 'arg.private' }),
      title: required(titleArg({ code: 5, summary: 'arg.title' })),
    });
    expect(registration(sample, 'guild')).toEqual({
      type: 1,
      name: 'sample',
      description: 'What I can do, with examples',
      options: [
        {
          type: 3,
          name: 'title',
          description:
            'The film: its name (typos are fine), with the year if you like, or an IMDb or TMDB link',
          required: true,
          max_length: 500,
          autocomplete: true,
        },
        {
          type: 3,
          name: 'words',
          description: 'Only these genres; a minus leaves one out: horror,-comedy',
          max_length: 200,
        },
        { type: 4, name: 'from', description: 'From this year on', min_value: 1870, max_value: 2100 },
        {
          type: 3,
          name: 'kind',
          description: 'Movies, series, or both',
          choices: [{ name: 'series', value: 'show' }],
        },
        { type: 5, name: 'private', description: 'Answer only to me' },
      ],
    });
  });

  test('is usable in servers, in the chat with the bot and in every other chat, by server and by person', () => {
    expect(registration(command({}), 'global')).toMatchObject({
      integration_types: [0, 1],
      contexts: [0, 1, 2],
    });
  });

  test('of every command is what Discord takes', () => {
    const all = commands.map((each) => registration(each, 'global'));
    expect(requestProblems('/applications/{application_id}/commands', 'put', all)).toEqual([]);
  });

  test('refuses more options than Discord takes', () => {
    const many = Object.fromEntries(
      Array.from({ length: 26 }, (_, index) => [
        `option${index}`,
        textArg({ code: index + 1, summary: 'arg.genre', maxLength: 10 }),
      ]),
    );
    expect(() => registration(command(many), 'global')).toThrow(RangeError);
  });
});

describe('isRegistered', () => {
  const wanted = commands.map((each) => registration(each, 'global'));
  const added = { id: '1', application_id: '2', version: '3', nsfw: false, dm_permission: true };
  const registered = wanted.map((each) => ({
    ...each,
    ...added,
    contexts: each.contexts?.toReversed(),
    name_localizations: null,
  })) as unknown as APIApplicationCommand[];

  test('sees through what Discord adds and in what order it lists', () => {
    expect(isRegistered(wanted, registered.toReversed())).toBe(true);
  });

  test('notices a changed text, a missing command and an option that is no longer wanted', () => {
    expect(isRegistered(wanted, [{ ...registered[0]!, description: 'old' }, ...registered.slice(1)])).toBe(
      false,
    );
    expect(isRegistered(wanted, registered.slice(1))).toBe(false);
    const withMore = {
      ...registered[0]!,
      options: [...(registered[0]!.options ?? []), { type: 5, name: 'x', description: 'y' }],
    };
    expect(isRegistered(wanted, [withMore as APIApplicationCommand, ...registered.slice(1)])).toBe(false);
  });
});
