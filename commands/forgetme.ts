import { flagArg, hidden } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import type { Action } from '../src/chat/reply.ts';
import { say } from '../src/messages/message.ts';

export const forgetme = defineCommand({
  name: 'forgetme',
  code: 8,
  summary: 'forgetme.summary',
  personal: true,
  args: { sure: hidden(flagArg({ code: 1, name: 'sure', summary: 'arg.sure' })) },
  async run(args, tools) {
    const { asker } = tools.invocation;
    if (asker === undefined) throw new UserError(say('rate.nobody'));
    if (args.sure) {
      const count = await tools.forgetting.forget(asker);
      return { blocks: [{ kind: 'text', lines: [say('forgetme.done', { count }), say('forgetme.later')] }] };
    }
    const count = await tools.opinions.count(asker);
    const confirm: Action = {
      label: say('forgetme.confirm'),
      run: { command: 'forgetme', args: { sure: 'true' } },
      for: 'asker',
      opens: 'here',
    };
    return {
      blocks: [
        { kind: 'text', lines: [say('forgetme.ask', { count })] },
        { kind: 'buttons', buttons: [confirm] },
      ],
    };
  },
});
