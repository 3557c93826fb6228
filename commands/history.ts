import {
  lastMessage,
  problemMessage,
  reportReply,
  undoButton,
  undoneMessages,
} from '../src/answers/history-reply.ts';
import { fileArg, hidden, integerArg } from '../src/chat/args.ts';
import { defineCommand, type Tools } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { type Attachment, TooLarge } from '../src/chat/invocation.ts';
import type { Action, Block, Reply } from '../src/chat/reply.ts';
import { MAX_FILE, UnreadableHistory } from '../src/history/entry.ts';
import { takeHistory } from '../src/history/take.ts';
import { say } from '../src/messages/message.ts';
import { Forgotten } from '../src/people/imports.ts';
import { LINK_LIFE } from '../src/people/upload-links.ts';

export const history = defineCommand({
  name: 'history',
  code: 11,
  summary: 'history.summary',
  personal: true,
  args: {
    file: fileArg({ code: 1, summary: 'arg.file' }),
    undo: hidden(integerArg({ code: 2, name: 'undo', summary: 'arg.undo', min: 1, max: 1e9 })),
  },
  async run({ undo }, tools) {
    const { asker, attachments } = tools.invocation;
    if (asker === undefined) throw new UserError(say('rate.nobody'));
    if (undo !== undefined) {
      const lines = undoneMessages(await tools.imports.takeBack(asker, undo));
      return { blocks: [{ kind: 'text', lines }] };
    }
    const [attachment] = attachments ?? [];
    if (!attachment) return howReply(asker, tools);
    const first = (await tools.opinions.count(asker)) === 0;
    const upload = await tools.uploadLinks.begin(asker, Date.now());
    try {
      const file = { name: attachment.name, bytes: await bytesOf(attachment, tools.signal) };
      return reportReply(await takeHistory(upload, file, { ...tools, signal: tools.signal }), first);
    } catch (error) {
      if (error instanceof UnreadableHistory) throw new UserError(problemMessage(error.problem));
      if (error instanceof Forgotten) throw new UserError(say('history.forgotten'));
      throw error;
    } finally {
      await tools.uploadLinks.end(upload);
    }
  },
});

/** How a file comes here; where the page has an address, through a link there too. The last one can be taken back. */
async function howReply(asker: string, tools: Tools): Promise<Reply> {
  const how = await howToBring(asker, tools);
  const last = await tools.imports.last(asker);
  if (!last) return { blocks: how };
  return { blocks: [...how, { kind: 'text', lines: [lastMessage(last)] }, undoButton(last.id)] };
}

async function howToBring(asker: string, { publicUrl, uploadLinks }: Tools): Promise<Block<Action>[]> {
  const lines = [say('history.how'), say('history.where')];
  if (publicUrl === undefined) return [{ kind: 'text', lines }];
  const token = await uploadLinks.create(asker, Date.now());
  const link = { label: say('history.link'), href: new URL(`history/${token}`, publicUrl).href };
  return [
    { kind: 'text', lines: [...lines, say('history.linkLife', { minutes: LINK_LIFE / 60_000 })] },
    { kind: 'buttons', buttons: [link] },
  ];
}

async function bytesOf(attachment: Attachment, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if ((attachment.size ?? 0) > MAX_FILE) throw new UnreadableHistory('tooLarge');
  try {
    return await attachment.fetch(MAX_FILE, signal);
  } catch (error) {
    throw error instanceof TooLarge ? new UnreadableHistory('tooLarge', { cause: error }) : error;
  }
}
