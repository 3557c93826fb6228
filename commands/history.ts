import { problemMessage, reportReply } from '../src/answers/history-reply.ts';
import { fileArg } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { type Attachment, TooLarge } from '../src/chat/invocation.ts';
import { MAX_FILE, UnreadableHistory } from '../src/history/entry.ts';
import { takeHistory } from '../src/history/take.ts';
import { say } from '../src/messages/message.ts';

export const history = defineCommand({
  name: 'history',
  code: 11,
  summary: 'history.summary',
  personal: true,
  args: { file: fileArg({ code: 1, summary: 'arg.file' }) },
  async run(_args, tools) {
    const { asker, attachments } = tools.invocation;
    if (asker === undefined) throw new UserError(say('rate.nobody'));
    const [attachment] = attachments ?? [];
    if (!attachment) return { blocks: [{ kind: 'text', lines: [say('history.how'), say('history.where')] }] };
    const first = (await tools.opinions.count(asker)) === 0;
    try {
      const file = { name: attachment.name, bytes: await bytesOf(attachment, tools.signal) };
      return reportReply(await takeHistory(asker, file, { ...tools, signal: tools.signal }), first);
    } catch (error) {
      if (error instanceof UnreadableHistory) throw new UserError(problemMessage(error.problem));
      throw error;
    }
  },
});

async function bytesOf(attachment: Attachment, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if ((attachment.size ?? 0) > MAX_FILE) throw new UnreadableHistory('tooLarge');
  try {
    return await attachment.fetch(MAX_FILE, signal);
  } catch (error) {
    throw error instanceof TooLarge ? new UnreadableHistory('tooLarge', { cause: error }) : error;
  }
}
