import type { Command } from '../src/chat/command.ts';
import { defineCommand, type Tools } from '../src/chat/command.ts';
import type { Action, Block } from '../src/chat/reply.ts';
import { type Message, type NameValue, nameOf, say } from '../src/messages/message.ts';
import { Wording } from '../src/messages/wording.ts';

export const help = defineCommand({
  name: 'help',
  code: 3,
  summary: 'help.summary',
  args: {},
  async run(_args, tools) {
    const words = new Wording(tools.language);
    return {
      blocks: [
        { kind: 'text', lines: [say('help.what')] },
        { kind: 'text', lines: [say('help.commands'), ...tools.commands.map((each) => usage(each, words))] },
        {
          kind: 'text',
          lines: [
            say('help.examplesTitle'),
            say('help.exampleTitle'),
            say('help.exampleFilters'),
            say('help.exampleMovie'),
          ],
        },
        {
          kind: 'text',
          lines: [
            say('help.filters', { filters: filterNames(tools.commands) }),
            say('help.titles'),
            say('help.doesNotKnow'),
            say('help.privacy'),
            say(tools.textLeaves ? 'help.leaves' : 'help.local'),
          ],
        },
        ...privacyLink(tools),
      ],
    };
  },
});

/** The account of what is kept, where there is an address for it; otherwise it is named. */
function privacyLink({ publicUrl }: Tools): Block<Action>[] {
  if (publicUrl === undefined) return [];
  const href = new URL('privacy', publicUrl).href;
  return [{ kind: 'buttons', buttons: [{ label: say('help.privacyLink'), href }] }];
}

function usage(command: Command, words: Wording): Message {
  const needed = Object.entries(command.args).flatMap(([name, arg]) =>
    arg.required ? [` <${words.name('option', name)}>`] : [],
  );
  return say('help.command', { usage: `/${command.name}${needed.join('')}`, summary: say(command.summary) });
}

/** What a list can be narrowed with: the options of the first command that are no more than that. */
function filterNames(commands: readonly Command[]): NameValue[] {
  const similar = commands.find((command) => command.name === 'similar');
  return Object.entries(similar?.args ?? {})
    .filter(([name, arg]) => !arg.required && name !== 'page' && name !== 'private')
    .map(([name]) => nameOf('option', name));
}
