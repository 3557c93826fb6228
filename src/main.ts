import { once } from 'node:events';
import type { Logger } from 'pino';
import type { TerminalAdapter } from '../adapters/terminal/index.ts';
import type { WebAdapter, WebParts } from '../adapters/web/index.ts';
import { commands } from '../commands/index.ts';
import type { Adapter } from './chat/adapter.ts';
import { type Bot, createBot } from './chat/bot.ts';
import { ButtonIds } from './chat/button-id.ts';
import { limitedBot } from './chat/limited-bot.ts';
import { sealPost } from './chat/seal.ts';
import type { Config, DiscordConfig } from './config.ts';
import { type Core, openCore } from './core.ts';
import { createMetrics, type Metrics, type MetricsRegistry, noMetrics } from './metrics.ts';
import { Desk } from './nights/desk.ts';
import { type Keeper, type KeeperParts, keepNights } from './nights/keeper.ts';
import { writtenPaths } from './paths.ts';

export interface RunOptions {
  readonly config: Config;
  readonly log: Logger;
  /** `none` where standard input is neither a terminal nor a pipe; `only` serves nothing else. */
  readonly chat: 'none' | 'beside' | 'only';
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Fires when everything is to stop. */
  readonly stop: AbortSignal;
  /** Words for the person who started us, beside the answers. */
  readonly say: (line: string) => void;
  /** The locale of whoever sits at the terminal. */
  readonly locale?: string;
}

/**
 * The composition root: config → stores → bot → adapters. Resolves when everything has stopped in order; rejects
 * where something cannot start, after closing what was open.
 */
export async function run(options: RunOptions): Promise<void> {
  const { config, log } = options;
  const core = await openCore({ config, log, onProgress: options.say, signal: options.stop });
  const adapters: Adapter[] = [];
  let keeper: Keeper | undefined;
  try {
    const metrics = createMetrics(() => sizesOf(core));
    const desk = new Desk();
    const bot = botOn(core, log, metrics, desk);
    const chat = options.chat === 'none' ? undefined : await terminal(options);
    if (options.chat !== 'only') {
      adapters.push(...(await services({ bot, core, metrics }, options)));
      for (const adapter of adapters) desk.add(adapter);
      keeper = keepNights({ ...core, desk, log, now: Date.now, seal: sealerOn(core) });
    }
    if (chat) {
      adapters.push(chat);
      await chat.start(bot);
    }
    await finished(options, chat);
  } finally {
    await Promise.allSettled([keeper?.stop(), ...adapters.map((adapter) => adapter.stop())]);
    await core.close();
  }
}

export function botOn(core: Core, log: Logger, metrics: Metrics = noMetrics, desk = new Desk()): Bot {
  return createBot({
    ...core,
    commands,
    buttons: new ButtonIds(commands, core.views),
    endPoll: (chat, poll) => desk.endPoll(chat, poll),
    log,
    metrics,
  });
}

function sealerOn({ views }: Core): KeeperParts['seal'] {
  const buttons = new ButtonIds(commands, views);
  return (reply, night) => sealPost(reply, night.language, (action) => buttons.encode(action, undefined));
}

/** Publishes the commands to Discord, where they changed. */
export async function registerCommands(config: DiscordConfig): Promise<'published' | 'unchanged'> {
  const { registerDiscordCommands } = await import('../adapters/discord/index.ts');
  return registerDiscordCommands(config, commands);
}

async function sizesOf({ catalogue, vectors }: Core) {
  const { movies, shows, titles } = await catalogue.stats();
  const index = await vectors.current();
  return { movies, shows, titles, vectors: index ? (await index.info()).count : 0 };
}

interface Running {
  readonly bot: Bot;
  readonly core: Core;
  readonly metrics: MetricsRegistry;
}

/** Everything but the terminal, started. A refused credential stops the rest again. */
async function services({ bot, core, metrics }: Running, options: RunOptions): Promise<Adapter[]> {
  const { config, log } = options;
  const platforms: Adapter[] = [];
  const mounts: Record<string, (request: Request) => Promise<Response>> = {};
  // Clients are loaded when they are configured: together they take longer to load than everything else to open.
  if (config.discord) {
    const { createDiscordAdapter } = await import('../adapters/discord/index.ts');
    const discord = createDiscordAdapter(config.discord, {
      log,
      posters: config.http.posters,
      commandsLock: writtenPaths(config).commandsLock,
    });
    if (discord.handleInteraction) mounts['/discord/interactions'] = discord.handleInteraction;
    platforms.push(discord);
  }
  if (config.telegram) {
    const { createTelegramAdapter } = await import('../adapters/telegram/index.ts');
    const telegram = createTelegramAdapter(config.telegram, { log, posters: config.http.posters });
    if (telegram.handleWebhook) mounts['/telegram'] = telegram.handleWebhook;
    platforms.push(telegram);
  }
  const web =
    config.http.port === undefined
      ? []
      : [await webAdapter(config, { log, core, commands, platforms, mounts, metrics })];
  const all = [...web, ...platforms];
  try {
    const limited = limitedBot(bot);
    await Promise.all(all.map((adapter) => adapter.start(limited)));
  } catch (error) {
    await Promise.allSettled(all.map((adapter) => adapter.stop()));
    throw error;
  }
  for (const line of greeting(config, web[0])) options.say(line);
  return all;
}

async function webAdapter(config: Config, parts: WebParts): Promise<WebAdapter> {
  const { createWebAdapter } = await import('../adapters/web/index.ts');
  return createWebAdapter(config.http, parts);
}

function greeting(config: Config, web: WebAdapter | undefined): string[] {
  const lines = web ? [`The web page is at ${web.address()}`] : [];
  if (!config.discord) lines.push('To add Discord, set DISCORD_TOKEN: README.md says where it comes from.');
  if (!config.telegram) lines.push('To add Telegram, set TELEGRAM_BOT_TOKEN: BotFather gives it.');
  return lines;
}

async function terminal({ stdin, stdout, locale }: RunOptions): Promise<TerminalAdapter> {
  const { createTerminalAdapter } = await import('../adapters/terminal/index.ts');
  const interactive = stdin.isTTY === true && stdout.isTTY === true;
  return createTerminalAdapter({
    input: stdin,
    output: stdout,
    interactive,
    colours: interactive && stdout.hasColors(),
    ...(locale && { locale }),
  });
}

/** The end of the input ends the chat, and the program only where there is nothing else. */
async function finished(
  { chat: mode, stop, log }: RunOptions,
  chat: TerminalAdapter | undefined,
): Promise<void> {
  if (chat && mode === 'only') return Promise.race([aborted(stop), chat.ended]);
  chat?.ended.catch((error) => log.error({ err: error }, 'the chat ended'));
  // Without a server, nothing else may hold the process between two connections of a platform.
  const held = setInterval(() => {}, 2 ** 30);
  await aborted(stop);
  clearInterval(held);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
