import { REST } from 'discord.js';
import type { APIInteraction } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Adapter } from '../../src/chat/adapter.ts';
import type { Bot } from '../../src/chat/bot.ts';
import type { Command } from '../../src/chat/command.ts';
import type { DiscordConfig } from '../../src/config.ts';
import { waitForLock } from '../../src/store/lock.ts';
import { Answerer, type Respond, TIMINGS, type Timings } from './answerer.ts';
import { Gateway } from './client.ts';
import { createEndpoint } from './http.ts';
import { keepTrying } from './keep-trying.ts';
import { endPoll, post } from './posts.ts';
import { isRejected, publishCommands } from './publish.ts';
import { countTrouble, restOptions } from './rest.ts';

export interface DiscordOptions {
  readonly log: Logger;
  /** Show posters. */
  readonly posters: boolean;
  /** Of several copies that start at once, the one that holds this file publishes the commands. */
  readonly commandsLock?: string;
  /** Other times than {@link TIMINGS}. */
  readonly timings?: Partial<Timings>;
}

export interface DiscordAdapter extends Adapter {
  /** Where interactions come in over HTTP (`publicKey`): takes Discord's requests. May be called unbound. */
  readonly handleInteraction?: (request: Request) => Promise<Response>;
}

/** Discord, over the gateway; over HTTP where there is a public key. */
export function createDiscordAdapter(config: DiscordConfig, options: DiscordOptions): DiscordAdapter {
  const log = options.log.child({ platform: 'discord' });
  const timings = { ...TIMINGS, ...options.timings };
  /** Nothing new is begun. */
  const stopping = new AbortController();
  /** Nothing leaves any more. */
  const stopped = new AbortController();
  const rest = createRest(config, stopped.signal);
  const answerer = new Answerer({ rest, apiUrl: config.apiUrl, log, posters: options.posters, timings });
  let bot: Bot | undefined;

  const onInteraction = async (interaction: APIInteraction, respond: Respond): Promise<void> => {
    if (bot && !stopping.signal.aborted) await answerer.answer(bot, interaction, respond);
  };
  const gateway =
    config.publicKey === undefined
      ? new Gateway({
          config,
          rest,
          log,
          onInteraction,
          signal: stopping.signal,
          farewell: timings.farewell,
        })
      : undefined;
  const endpoint =
    config.publicKey && createEndpoint({ publicKey: config.publicKey, now: Date.now, onInteraction });

  return {
    name: 'discord',
    async start(served) {
      bot = served;
      const trying = { log, signal: stopping.signal, patience: timings.start };
      await Promise.all([
        keepTrying(() => publish(rest, served.commands, { config, lock: options.commandsLock, ...trying }), {
          ...trying,
          what: 'publishing commands',
        }),
        gateway && keepTrying(() => gateway.connect(), { ...trying, what: 'connecting to Discord' }),
      ]);
    },
    state() {
      if (!bot || stopping.signal.aborted) return bot ? 'down' : 'starting';
      if (!gateway || gateway.isUp) return 'up';
      return gateway.hasFailed ? 'down' : 'starting';
    },
    async stop() {
      stopping.abort();
      await answerer.finish();
      stopped.abort();
      await gateway?.close();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
    post: (place, reply) => post(rest, place, reply, options),
    endPoll: (poll) => endPoll(rest, poll),
    ...(endpoint && { handleInteraction: endpoint }),
  };
}

/** Publishes the commands now, where they changed. */
export function registerDiscordCommands(
  config: DiscordConfig,
  commands: readonly Command[],
): Promise<'published' | 'unchanged'> {
  const { signal } = new AbortController();
  return publishCommands(createRest(config, signal), commands, { guildId: config.guildId, signal });
}

function createRest(config: DiscordConfig, signal: AbortSignal): REST {
  const rest = new REST(restOptions(config, signal)).setToken(config.token);
  countTrouble(rest);
  return rest;
}

interface Publishing {
  readonly config: DiscordConfig;
  readonly log: Logger;
  readonly lock: string | undefined;
  readonly signal: AbortSignal;
}

async function publish(
  rest: REST,
  commands: readonly Command[],
  { config, log, lock, signal }: Publishing,
): Promise<void> {
  // Whoever comes second finds nothing left to do.
  const release = lock === undefined ? undefined : await waitForLock(lock, signal);
  try {
    const outcome = await publishCommands(rest, commands, { guildId: config.guildId, signal });
    log.info({ commands: outcome }, 'slash commands are in place');
  } catch (error) {
    if (!isRejected(error)) throw error;
    log.error({ err: error }, 'Discord does not accept the slash commands');
  } finally {
    release?.();
  }
}
