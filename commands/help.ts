import type { Command } from '../src/chat/command.ts';
import { defineCommand } from '../src/chat/command.ts';
import { type Message, say } from '../src/messages/message.ts';

const EXAMPLES = ['/similar Inception', '/similar the thing from:1980 genre:horror', '/movie Spirited Away'];
const FILTER_EXAMPLE = '/similar Alien decade:90s genre:-horror runtime:120';

export const help = defineCommand({
  name: 'help',
  code: 3,
  summary: 'help.summary',
  args: {},
  async run(_args, tools) {
    return {
      blocks: [
        { kind: 'text', lines: [say('help.what')] },
        { kind: 'text', lines: [say('help.commands'), ...tools.commands.map(usage)] },
        {
          kind: 'text',
          lines: [say('help.examplesTitle'), ...EXAMPLES.map((example) => say('help.example', { example }))],
        },
        {
          kind: 'text',
          lines: [
            say('help.filters', { filters: filterNames(tools.commands), example: FILTER_EXAMPLE }),
            say('help.titles'),
            say('help.doesNotKnow'),
            say(tools.textLeaves ? 'help.leaves' : 'help.local'),
          ],
        },
      ],
    };
  },
});

function usage(command: Command): Message {
  const needed = Object.entries(command.args).flatMap(([name, arg]) => (arg.required ? [` <${name}>`] : []));
  return say('help.command', { usage: `/${command.name}${needed.join('')}`, summary: say(command.summary) });
}

/** What a list can be narrowed with: the options of the first command that are no more than that. */
function filterNames(commands: readonly Command[]): string[] {
  const similar = commands.find((command) => command.name === 'similar');
  return Object.entries(similar?.args ?? {})
    .filter(([name, arg]) => !arg.required && name !== 'page' && name !== 'private')
    .map(([name]) => name);
}
