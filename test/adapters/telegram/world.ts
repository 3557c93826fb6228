import { PassThrough } from 'node:stream';
import {
  createTelegramAdapter,
  type TelegramAdapter,
  type TelegramOptions,
} from '../../../adapters/telegram/index.ts';
import { commands as realCommands } from '../../../commands/index.ts';
import { required, titleArg } from '../../../src/chat/args.ts';
import { type Bot, type BotParts, createBot } from '../../../src/chat/bot.ts';
import { ButtonIds } from '../../../src/chat/button-id.ts';
import { type Command, defineCommand, type Tools } from '../../../src/chat/command.ts';
import { filterArgs, pageArg } from '../../../src/chat/filter-args.ts';
import { referenceTo } from '../../../src/chat/references.ts';
import type { Action, Reply } from '../../../src/chat/reply.ts';
import { createLog } from '../../../src/log.ts';
import { say, titleOf } from '../../../src/messages/message.ts';
import { FakeTelegram } from '../../fakes/telegram.ts';
import { memoryPreferences, memoryViews } from '../../fixtures/memory-views.ts';
import { aMovie, inception } from '../../fixtures/movies.ts';

/** Twenty films that are all alike: page 1 has films 1 and 2, page 2 has 3 and 4. */
const films = Array.from({ length: 20 }, (_, index) =>
  aMovie({
    id: `tt${index + 1}`.padEnd(9, '0'),
    number: index + 1,
    title: `Film ${index + 1}`,
    year: 2001 + index,
  }),
);

const PAGES = 3;

function list(page: number): Reply {
  const turn = (label: 'button.more' | 'button.previous', to: number): Action => ({
    label: say(label),
    run: { command: 'similar', args: { title: referenceTo(inception), page: String(to) } },
    for: 'asker',
    opens: 'here',
  });
  const items = films.slice(page * 2 - 2, page * 2).map((movie, index) => ({
    rank: page * 2 - 1 + index,
    movie,
    score: 0.5,
    reasons: [],
    similar: {
      label: say('button.similarTo', { title: titleOf(movie) }),
      run: { command: 'similar', args: { title: referenceTo(movie) } },
      for: 'anyone',
      opens: 'new',
    } satisfies Action,
  }));
  return {
    blocks: [
      {
        kind: 'results',
        seeds: [inception],
        items,
        page,
        pages: PAGES,
        filters: [],
        notes: [],
        ...(page > 1 && { previous: turn('button.previous', page - 1) }),
        ...(page < PAGES && { more: turn('button.more', page + 1) }),
      },
    ],
  };
}

/** What a test puts in the place of an answer: it is asked with the title first. */
export type Answering = (title: string, tools: Tools) => Promise<Reply | undefined>;

function testCommands(answering: Answering): Command[] {
  const similar = defineCommand({
    name: 'similar',
    code: 1,
    summary: 'similar.summary',
    args: { title: required(titleArg({ code: 1, summary: 'arg.title' })), ...filterArgs, page: pageArg },
    run: async (args, tools) => (await answering(args.title, tools)) ?? list(args.page ?? 1),
  });
  const movie = defineCommand({
    name: 'movie',
    code: 2,
    summary: 'movie.summary',
    args: { title: required(titleArg({ code: 1, summary: 'arg.title' })) },
    async run(args) {
      const shown = films.find((film) => args.title === referenceTo(film)) ?? inception;
      const [similarButton] = list(1).blocks;
      const action = similarButton?.kind === 'results' ? similarButton.items[0]!.similar : undefined;
      return {
        blocks: [
          { kind: 'card', movie: shown, actions: [{ ...action!, label: say('button.similar') }], links: [] },
        ],
      };
    },
  });
  return [similar, movie, realCommands.find((command) => command.name === 'help')!];
}

export function testBot(answering: Answering = async () => undefined, log = quiet()): Bot {
  const commands = testCommands(answering);
  const titles = {
    complete: async (typed: string) =>
      films.filter((film) => film.title.toLowerCase().startsWith(typed.toLowerCase())),
  };
  const parts = {
    commands,
    buttons: new ButtonIds(commands, memoryViews()),
    preferences: memoryPreferences(),
    titles,
    log,
  };
  return createBot(parts as unknown as BotParts);
}

function quiet() {
  return createLog({ level: 'fatal', secrets: [] });
}

export interface World extends AsyncDisposable {
  readonly telegram: FakeTelegram;
  readonly adapter: TelegramAdapter;
  readonly bot: Bot;
  /** Everything that was logged. */
  logged(): string;
}

export interface WorldOptions {
  readonly answering?: Answering;
  readonly timing?: TelegramOptions['timing'];
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** Runs before the adapter starts. */
  prepare?(telegram: FakeTelegram): unknown;
}

/** The adapter with the real client, started against a fake Bot API; disposing checks that Telegram was content. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const telegram = await FakeTelegram.start();
  const sink = new PassThrough();
  let logged = '';
  sink.setEncoding('utf8').on('data', (text: string) => {
    logged += text;
  });
  const log = createLog({ level: 'trace', secrets: [], destination: sink });
  const adapter = createTelegramAdapter(
    { token: telegram.token, apiUrl: telegram.url, ...(options.webhook && { webhook: options.webhook }) },
    { log, posters: true, ...(options.timing && { timing: options.timing }) },
  );
  const bot = testBot(options.answering, log);
  await options.prepare?.(telegram);
  await adapter.start(bot);
  return {
    telegram,
    adapter,
    bot,
    logged: () => logged,
    async [Symbol.asyncDispose]() {
      await adapter.stop();
      await telegram.stop();
      if (telegram.violations.length > 0) throw new Error(telegram.violations.join('\n'));
    },
  };
}
