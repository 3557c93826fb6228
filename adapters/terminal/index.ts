import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Adapter } from '../../src/chat/adapter.ts';
import { quote } from '../../src/chat/args.ts';
import type { Bot } from '../../src/chat/bot.ts';
import { collect } from '../../src/chat/download.ts';
import { UserError } from '../../src/chat/errors.ts';
import { type Invocation, TooLarge } from '../../src/chat/invocation.ts';
import type { SealedReply } from '../../src/chat/reply.ts';
import { languageFor } from '../../src/messages/languages.ts';
import { say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import { readLine } from './read.ts';
import { type Drawn, render, type Screen } from './render.ts';

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable & { columns?: number };
  /** A person sits there: greet, prompt, use colours. */
  readonly interactive: boolean;
  readonly colours: boolean;
  readonly locale?: string;
}

export interface TerminalAdapter extends Adapter {
  /** Resolves when the input has ended and everything typed has been answered. */
  readonly ended: Promise<void>;
}

const PROMPT = '> ';
const PIPED_COLUMNS = 80;

/** A chat over two streams: one line in, one answer out, in order. */
export function createTerminalAdapter(options: TerminalOptions): TerminalAdapter {
  const ended = Promise.withResolvers<void>();
  let lines: Interface | undefined;
  const stopping = new AbortController();
  return {
    name: 'terminal',
    ended: ended.promise,
    async start(bot) {
      lines = createInterface({ input: options.input, crlfDelay: Number.POSITIVE_INFINITY });
      // Whoever reads the answers may have had enough, as `head` has: then there is nobody to chat with.
      options.output.once('error', () => {
        stopping.abort();
        lines?.close();
      });
      chat(bot, lines, options, stopping.signal).then(ended.resolve, ended.reject);
    },
    async stop() {
      stopping.abort();
      lines?.close();
      if (lines) await ended.promise;
    },
    state: () => 'up',
  };
}

async function chat(
  bot: Bot,
  lines: Interface,
  options: TerminalOptions,
  stopping: AbortSignal,
): Promise<void> {
  const { output, interactive } = options;
  let words = new Wording(languageFor(options.locale));
  const prompt = () => interactive && output.write(`\n${PROMPT}`);
  if (interactive) output.write(`${words.text(say('terminal.welcome'))}\n`);
  prompt();
  let drawn: Drawn | undefined;
  for await (const line of lines) {
    if (stopping.aborted) break;
    const ask = readLine(line, drawn);
    if (ask === undefined) {
      prompt();
      continue;
    }
    if ('outOfRange' in ask) {
      output.write(`${words.text(say('terminal.noPick', { number: line.trim(), max: ask.outOfRange }))}\n`);
    } else {
      const reply = await bot.handle({
        ask,
        signal: stopping,
        asker: 'terminal:me',
        ...namedFile(line),
        chat: { kind: 'private' },
        ...(options.locale && { locale: options.locale }),
      });
      if (stopping.aborted) break;
      words = new Wording(reply.language);
      drawn = beside(drawn, reply, render(reply, screenOf(options)));
      output.write(`${drawn.text}\n${interactive ? '' : '\n'}`);
      if (reply.tells !== undefined) await bot.told(reply.tells);
    }
    prompt();
  }
}

/** A note about a list leaves the list where it is: what can be typed for it goes on meaning the same. */
function beside(before: Drawn | undefined, { note }: SealedReply, drawn: Drawn): Drawn {
  if (!note || !before) return drawn;
  return { ...drawn, shortcuts: new Map([...before.shortcuts, ...drawn.shortcuts]) };
}

/** What follows a command may be the path of a file of this machine; it is opened only by a command that takes one. */
function namedFile(line: string): Pick<Invocation, 'attachments'> {
  const path = /^\s*\/\S+\s+(.*\S)/u.exec(line)?.[1];
  if (path === undefined) return {};
  return { attachments: [{ name: basename(path), fetch: (max) => readAtMost(path, max) }] };
}

async function readAtMost(path: string, max: number): Promise<Uint8Array> {
  try {
    return await collect(createReadStream(path), max);
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new UserError(say('terminal.noFile', { path: quote(path) }));
  }
}

function screenOf({ output, colours }: TerminalOptions): Screen {
  return { columns: output.columns ?? PIPED_COLUMNS, colours };
}
