import type { APIApplicationCommand } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { isRegistered, registration } from '../../../adapters/discord/commands.ts';
import { commands } from '../../../commands/index.ts';
import { choiceArg, flagArg, integerArg, required, textArg, titleArg } from '../../../src/chat/args.ts';
import { type Args, defineCommand } from '../../../src/chat/command.ts';
import { requestProblems } from '../../fakes/discord/schema.ts';

const DISCORD_LOCALES = ['es-ES', 'es-419', 'de', 'fr', 'pt-BR', 'ru', 'ja', 'hi'] as const;

/** What Discord counts of a command, an option or a choice. */
function longest(part: object): number {
  const fields = part as Record<string, unknown>;
  return ['name', 'description', 'value'].reduce((sum, field) => {
    const local = Object.values((fields[`${field}_localizations`] ?? {}) as Record<string, string>);
    return sum + Math.max(...[String(fields[field] ?? ''), ...local].map((text) => text.length));
  }, 0);
}

function command(args: Args) {
  return defineCommand({
    name: 'sample',
    code: 9,
    summary: 'help.summary',
    args,
    run: async () => ({ blocks: [] }),
  });
}

/** Without its words in other languages. */
function inEnglish(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, field) => (key.endsWith('_localizations') ? undefined : field)),
  );
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
    expect(inEnglish(registration(sample, 'guild'))).toEqual({
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

  test.each(DISCORD_LOCALES)('has names of its own in %s, each once, and texts that fit', (locale) => {
    const all = commands.map((each) => registration(each, 'global'));
    const namesOf = (
      named: readonly {
        name: string;
        name_localizations?: Partial<Record<string, string | null | undefined>> | null | undefined;
      }[],
    ) => named.map((each) => each.name_localizations?.[locale] ?? '');
    for (const names of [namesOf(all), ...all.map(({ options }) => namesOf(options ?? []))]) {
      expect(names.filter((name) => !/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name))).toEqual(
        [],
      );
      expect(names.map((name) => name.toLowerCase())).toEqual(names);
      expect(new Set(names).size, names.join()).toBe(names.length);
    }
    for (const each of all.flatMap((command) => [command, ...(command.options ?? [])])) {
      const text = each.description_localizations?.[locale] ?? '';
      expect(text.length, text).toBeGreaterThan(0);
      expect(text.length, text).toBeLessThanOrEqual(100);
    }
  });

  test('stays within the characters of a whole command, each field in its longest language', () => {
    for (const each of commands) {
      const { options = [], ...command } = registration(each, 'global');
      const choices: object[] = options.flatMap((option): object[] =>
        'choices' in option ? (option.choices ?? []) : [],
      );
      expect(
        [command, ...options, ...choices].reduce<number>((sum, part) => sum + longest(part), 0),
      ).toBeLessThan(8000);
    }
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
