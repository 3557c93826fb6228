import { onTestFinished } from 'vitest';
import type { Timings } from '../../../adapters/discord/answerer.ts';
import { createDiscordAdapter, type DiscordAdapter } from '../../../adapters/discord/index.ts';
import { commands } from '../../../commands/index.ts';
import type { Bot } from '../../../src/chat/bot.ts';
import type { SealedReply } from '../../../src/chat/reply.ts';
import type { DiscordConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/log.ts';
import { FakeDiscord } from '../../fakes/discord/index.ts';
import { reply } from './samples.ts';

export interface Setup {
  readonly fake: FakeDiscord;
  readonly adapter: DiscordAdapter;
  readonly bot: Bot;
  /** Everything that was logged, as it would be written. */
  readonly log: string[];
}

/** No test waits for these to pass: they are long, or nothing at all. */
const NEVER = 60_000;
export const AT_ONCE = 0;

/** For `waitUntil`: a busy machine may take seconds for what is a matter of milliseconds. */
export const SOON = { timeout: 30_000 };

/** The real discord.js beside a Discord of its own, not yet started; both are stopped with the test. */
export async function setUp(
  bot: Partial<Bot> = {},
  options: { timings?: Partial<Timings>; config?: Partial<DiscordConfig>; commandsLock?: string } = {},
): Promise<Setup> {
  const fake = await FakeDiscord.start();
  const log: string[] = [];
  const adapter = createDiscordAdapter(
    { token: fake.token, apiUrl: fake.apiUrl, ...options.config },
    {
      log: createLog({
        level: 'trace',
        secrets: [fake.token],
        destination: { write: (line) => void log.push(line) },
      }),
      posters: true,
      ...(options.commandsLock && { commandsLock: options.commandsLock }),
      timings: {
        firstResponse: NEVER,
        suggestions: NEVER,
        doubleClick: NEVER,
        tooEarly: 1,
        ...options.timings,
      },
    },
  );
  onTestFinished(async () => {
    await adapter.stop();
    await fake.stop();
  });
  const answers: Bot = {
    commands,
    handle: async () => reply(),
    complete: async () => [],
    language: async () => 'en',
    polled: async () => {},
    moved: async () => {},
    told: async () => {},
    ...bot,
  };
  return { fake, adapter, bot: answers, log };
}

/** The same, started and served. */
export async function connected(...args: Parameters<typeof setUp>): Promise<Setup> {
  const setup = await setUp(...args);
  await setup.adapter.start(setup.bot);
  return setup;
}

/** A bot whose answers the test gives when it likes. */
export function slowBot(): Pick<Bot, 'handle'> & { answer(shown: SealedReply): void; asked: Promise<void> } {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<SealedReply>();
  return {
    handle() {
      asked.resolve();
      return answer.promise;
    },
    answer: answer.resolve,
    asked: asked.promise,
  };
}
