import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  type REST,
  SimpleShardingStrategy,
  type WebSocketOptions,
} from 'discord.js';
import { type APIInteraction, Routes } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { RefusedCredential } from '../../src/chat/adapter.ts';
import { within } from '../../src/chat/deadline.ts';
import type { DiscordConfig } from '../../src/config.ts';
import type { Respond } from './answerer.ts';
import { countTrouble, restOptions } from './rest.ts';

export interface GatewayParts {
  readonly config: DiscordConfig;
  /** Sends the first responses. */
  readonly rest: REST;
  readonly log: Logger;
  readonly onInteraction: (interaction: APIInteraction, respond: Respond) => unknown;
  /** Ends a connecting that waits for the REST API. */
  readonly signal: AbortSignal;
  /** Milliseconds that Discord has to take note when we close. */
  readonly farewell: number;
}

/** Milliseconds: a gateway that accepts a connection and says nothing is given up sooner than discord.js would. */
const PATIENCE = { handshakeTimeout: 5000, helloTimeout: 10_000 };

type ShardingManager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

/** We answer what comes in and remember nothing of it: whatever discord.js lets us switch off is off. */
const NO_CACHES = Options.cacheWithLimits({
  ApplicationCommandManager: 0,
  ApplicationEmojiManager: 0,
  AutoModerationRuleManager: 0,
  BaseGuildEmojiManager: 0,
  DMMessageManager: 0,
  EntitlementManager: 0,
  GuildBanManager: 0,
  GuildEmojiManager: 0,
  GuildForumThreadManager: 0,
  GuildInviteManager: 0,
  GuildMemberManager: 0,
  GuildMessageManager: 0,
  GuildScheduledEventManager: 0,
  GuildStickerManager: 0,
  GuildTextThreadManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  ReactionUserManager: 0,
  StageInstanceManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
  VoiceStateManager: 0,
});

/** The discord.js client: a connection to the gateway that hands every interaction on as the JSON it came as. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #lost = new Set<number>();
  #connected = false;
  #failed = false;
  #closing = false;
  #client: Client | undefined;
  #sharding: ShardingManager | undefined;
  #strategy: SimpleShardingStrategy | undefined;

  constructor(parts: GatewayParts) {
    this.#parts = parts;
  }

  /** Whether every shard is being served. */
  get isUp(): boolean {
    return this.#connected && this.#lost.size === 0;
  }

  /** Whether a connection was tried and could not be had, or was lost. */
  get hasFailed(): boolean {
    return this.#failed || this.#lost.size > 0;
  }

  /**
   * Resolves when all shards are being served; from then on it reconnects by itself. Rejects where the gateway's
   * address cannot be had, and with {@link RefusedCredential}.
   */
  async connect(): Promise<void> {
    let closeCode: number | undefined;
    const client = this.#open();
    client.on(Events.ShardDisconnect, ({ code }, shard) => {
      closeCode = code;
      this.#lost.add(shard);
      this.#parts.log.error({ shard, code }, 'Discord closed the connection for good');
    });
    try {
      await client.login(this.#parts.config.token);
    } catch (error) {
      this.#failed = true;
      const refused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
      if (refused || closeCode === GatewayCloseCodes.AuthenticationFailed)
        throw new RefusedCredential('DISCORD_TOKEN', { cause: error });
      throw error;
    }
    this.#connected = true;
  }

  async close(): Promise<void> {
    this.#closing = true;
    // A shard that waits to reconnect does not notice that it was destroyed, and asks for its session next: it gets
    // no answer, and so stays where it is.
    if (this.#sharding) this.#sharding.options.retrieveSessionInfo = () => new Promise(() => {});
    this.#connected = false;
    const sockets = this.#sockets();
    await within(this.#parts.farewell, this.#client?.destroy() ?? Promise.resolve());
    for (const socket of sockets) {
      // What is cut while it connects says so, and nobody listens any more.
      socket.onerror = () => {};
      socket.terminate();
    }
  }

  /** A Discord that does not answer our goodbye would hold the process for 30 s, and discord.js has no way to hang up. */
  #sockets() {
    // biome-ignore lint/complexity/useLiteralKeys: private to TypeScript
    const shards = [...(this.#strategy?.['shards'].values() ?? [])];
    // biome-ignore lint/complexity/useLiteralKeys: private to TypeScript
    return shards.map((shard) => shard['connection']).filter((socket) => socket !== null);
  }

  #open(): Client {
    const { config, log, signal } = this.#parts;
    this.#lost.clear();
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      shards: 'auto',
      makeCache: NO_CACHES,
      rest: restOptions(config, signal),
      ws: {
        buildStrategy: (manager) => {
          this.#sharding = manager;
          Object.assign(manager.options, PATIENCE);
          this.#strategy = new SimpleShardingStrategy(manager);
          return this.#strategy;
        },
      },
    });
    this.#client = client;
    countTrouble(client.rest);
    client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client failed'));
    client.on(Events.ShardError, (error, shard) =>
      log.warn({ err: error, shard }, 'a Discord connection failed'),
    );
    client.on(Events.ShardReconnecting, (shard) => {
      this.#lost.add(shard);
      if (!this.#closing) log.warn({ shard }, 'lost the connection to Discord; connecting again');
    });
    // Interactions are read as they come. discord.js would make objects of them first, and fails with a poll's message
    // in a channel that it does not know.
    // biome-ignore lint/complexity/useLiteralKeys: private to TypeScript
    (client['actions'] as { InteractionCreate: object }).InteractionCreate = { handle() {} };
    const served = (_: unknown, shard: number) => {
      this.#lost.delete(shard);
      log.info({ shard }, 'connected to Discord');
    };
    client.ws.on(GatewayDispatchEvents.Ready, served);
    client.ws.on(GatewayDispatchEvents.Resumed, served);
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (raw: APIInteraction) =>
      this.#parts.onInteraction(raw, (body) =>
        this.#parts.rest.post(Routes.interactionCallback(raw.id, raw.token), { body, auth: false }),
      ),
    );
    return client;
  }
}
