import { defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { say } from '../src/messages/message.ts';
import { heldAbout } from '../src/people/held.ts';

export const mydata = defineCommand({
  name: 'mydata',
  code: 7,
  summary: 'mydata.summary',
  personal: true,
  args: {},
  async run(_args, tools) {
    const { asker } = tools.invocation;
    if (asker === undefined) throw new UserError(say('rate.nobody'));
    const held = await heldAbout(asker, tools);
    return {
      blocks: [
        { kind: 'text', lines: [say('mydata.here', { count: held.opinions.length }), say('mydata.end')] },
        { kind: 'file', name: 'kindred-my-data.json', text: `${JSON.stringify(held, undefined, 2)}\n` },
      ],
    };
  },
});
