import { LOG_LEVELS, type LogLevel } from './log-level.ts';

/** Everything that can be set, read once at start. Nothing else reads the environment. */
export interface Config {
  /** Everything that is written lies below this folder. */
  readonly dataDir: string;
  /** Path of the SQLite database. */
  readonly databaseFile: string;
  readonly discord?: DiscordConfig;
  readonly telegram?: TelegramConfig;
  readonly pinecone?: PineconeConfig;
  readonly gemini?: GeminiConfig;
  readonly trakt: { readonly clientId?: string; readonly apiUrl: string };
  readonly tmdb: { readonly apiKey?: string; readonly apiUrl: string };
  readonly http: HttpConfig;
  readonly logLevel: LogLevel;
  /** Values that must never reach a log. */
  readonly secrets: readonly string[];
}

export interface DiscordConfig {
  readonly token: string;
  readonly guildId?: string;
  /** Interactions come in over HTTP and no gateway is opened. */
  readonly publicKey?: string;
  readonly apiUrl: string;
}

export interface TelegramConfig {
  readonly token: string;
  readonly webhook?: { readonly url: string; readonly secret: string };
  readonly apiUrl: string;
}

export interface PineconeConfig {
  readonly apiKey: string;
  readonly index: string;
  readonly namespace: string;
  readonly cloud: 'aws' | 'gcp' | 'azure';
  readonly region: string;
  readonly controllerUrl?: string;
}

export interface GeminiConfig {
  readonly apiKey: string;
  readonly model: string;
  readonly dimensions: number;
  readonly apiUrl?: string;
}

export interface HttpConfig {
  /** Undefined where `PORT=off`; 0 picks a free port. */
  readonly port?: number;
  readonly host: string;
  readonly publicUrl?: string;
  readonly trustProxy: boolean;
  readonly metricsToken?: string;
  readonly posters: boolean;
}

/** Vectors or texts go over the network, where many small calls are slow and several at once are not. */
export function reachesOut(config: Pick<Config, 'pinecone' | 'gemini'>): boolean {
  return config.pinecone !== undefined || config.gemini !== undefined;
}

/** A setting that is wrong or missing, by its name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not right:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads one variable at a time and collects what is wrong, so that all of it is told at once. */
class Reader {
  readonly problems: string[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  text(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    if (/^\d+$/u.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    this.problems.push(`${name} must be a whole number from ${min} to ${max}`);
    return fallback;
  }

  choice<const T extends string>(name: string, choices: readonly T[], fallback: T): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const found = choices.find((choice) => choice === text.toLowerCase());
    if (!found) this.problems.push(`${name} must be one of: ${choices.join(', ')}`);
    return found ?? fallback;
  }

  url(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (/^https?:$/u.test(URL.parse(text)?.protocol ?? '')) return text.replace(/\/+$/u, '');
    this.problems.push(`${name} must be an address that begins with http:// or https://`);
    return undefined;
  }

  matching(name: string, pattern: RegExp, what: string): string | undefined {
    const text = this.text(name);
    if (text !== undefined && !pattern.test(text)) this.problems.push(`${name} must be ${what}`);
    return text;
  }
}

/** Reads the settings. Pure. Throws {@link ConfigError} that lists every problem by the variable's name. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const from = new Reader(env);
  const dataDir = from.text('DATA_DIR') ?? 'var';
  const discord = readDiscord(from);
  const telegram = readTelegram(from);
  const pinecone = readPinecone(from);
  const gemini = readGemini(from);
  const traktClientId = from.text('TRAKT_CLIENT_ID');
  const tmdbApiKey = from.text('TMDB_API_KEY');
  const http = readHttp(from);
  if (http.port === undefined) {
    if (discord?.publicKey) from.problems.push('DISCORD_PUBLIC_KEY needs a server: PORT must not be off');
    if (telegram?.webhook) from.problems.push('TELEGRAM_WEBHOOK_URL needs a server: PORT must not be off');
  }
  const config: Config = {
    dataDir,
    databaseFile: readDatabaseFile(from, dataDir),
    ...(discord && { discord }),
    ...(telegram && { telegram }),
    ...(pinecone && { pinecone }),
    ...(gemini && { gemini }),
    trakt: {
      ...(traktClientId && { clientId: traktClientId }),
      apiUrl: from.url('TRAKT_API_URL') ?? 'https://api.trakt.tv',
    },
    tmdb: {
      ...(tmdbApiKey && { apiKey: tmdbApiKey }),
      apiUrl: from.url('TMDB_API_URL') ?? 'https://api.themoviedb.org',
    },
    http,
    logLevel: from.choice('LOG_LEVEL', LOG_LEVELS, 'info'),
    secrets: SECRET_VARIABLES.map((name) => from.text(name)).filter((value) => value !== undefined),
  };
  if (from.problems.length > 0) throw new ConfigError(from.problems);
  return config;
}

const SECRET_VARIABLES = [
  'DISCORD_TOKEN',
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'PINECONE_API_KEY',
  'GEMINI_API_KEY',
  'TRAKT_CLIENT_ID',
  'TMDB_API_KEY',
  'METRICS_TOKEN',
] as const;

function readDatabaseFile(from: Reader, dataDir: string): string {
  const url = from.text('DATABASE_URL');
  if (url === undefined) return `${dataDir}/kindred.db`;
  const path = url.startsWith('file:') ? url.slice('file:'.length).replace(/^\/\/(?=\/)/u, '') : '';
  if (!path) from.problems.push('DATABASE_URL must be file: and a path, such as file:var/kindred.db');
  return path;
}

function readDiscord(from: Reader): DiscordConfig | undefined {
  const token = from.text('DISCORD_TOKEN');
  const guildId = from.matching('DISCORD_GUILD_ID', /^\d{15,21}$/u, 'the number of a server');
  const publicKey = from.matching('DISCORD_PUBLIC_KEY', /^[0-9a-f]{64}$/iu, '64 hexadecimal digits');
  const apiUrl = from.url('DISCORD_API_URL') ?? 'https://discord.com/api';
  if (!apiUrl.endsWith('/api')) from.problems.push('DISCORD_API_URL must end in /api');
  if (token === undefined) {
    if (publicKey !== undefined) from.problems.push('DISCORD_PUBLIC_KEY needs DISCORD_TOKEN');
    return undefined;
  }
  return { token, ...(guildId && { guildId }), ...(publicKey && { publicKey }), apiUrl };
}

function readTelegram(from: Reader): TelegramConfig | undefined {
  const token = from.matching(
    'TELEGRAM_BOT_TOKEN',
    /^\d+:[\w-]+$/u,
    'the token that BotFather gave, like 123456:ABC…',
  );
  const url = from.url('TELEGRAM_WEBHOOK_URL');
  const secret = from.matching(
    'TELEGRAM_WEBHOOK_SECRET',
    /^[\w-]{1,256}$/u,
    '1 to 256 letters, digits, _ or -',
  );
  const apiUrl = from.url('TELEGRAM_API_URL') ?? 'https://api.telegram.org';
  if (url && !secret) from.problems.push('TELEGRAM_WEBHOOK_SECRET is required with TELEGRAM_WEBHOOK_URL');
  if (token === undefined) {
    if (url) from.problems.push('TELEGRAM_WEBHOOK_URL needs TELEGRAM_BOT_TOKEN');
    return undefined;
  }
  return { token, ...(url && secret && { webhook: { url, secret } }), apiUrl };
}

function readPinecone(from: Reader): PineconeConfig | undefined {
  const apiKey = from.text('PINECONE_API_KEY');
  const index =
    from.matching(
      'PINECONE_INDEX',
      /^[a-z0-9](?:[a-z0-9-]{0,43}[a-z0-9])?$/u,
      'up to 45 of a-z, 0-9 and -',
    ) ?? 'kindred';
  const rest = {
    index,
    namespace: from.text('PINECONE_NAMESPACE') ?? '',
    cloud: from.choice('PINECONE_CLOUD', ['aws', 'gcp', 'azure'], 'aws'),
    region: from.text('PINECONE_REGION') ?? 'us-east-1',
  };
  const controllerUrl = from.url('PINECONE_CONTROLLER_URL');
  return apiKey === undefined ? undefined : { apiKey, ...rest, ...(controllerUrl && { controllerUrl }) };
}

function readGemini(from: Reader): GeminiConfig | undefined {
  const apiKey = from.text('GEMINI_API_KEY');
  const rest = {
    model: from.text('GEMINI_EMBEDDING_MODEL') ?? 'gemini-embedding-001',
    dimensions: from.integer('GEMINI_EMBEDDING_DIMENSIONS', 768, 128, 3072),
  };
  const apiUrl = from.url('GEMINI_API_URL');
  return apiKey === undefined ? undefined : { apiKey, ...rest, ...(apiUrl && { apiUrl }) };
}

function readHttp(from: Reader): HttpConfig {
  const publicUrl = from.url('PUBLIC_URL');
  const metricsToken = from.text('METRICS_TOKEN');
  return {
    ...(from.text('PORT')?.toLowerCase() !== 'off' && { port: from.integer('PORT', 3000, 0, 65535) }),
    host: from.text('HOST') ?? '127.0.0.1',
    ...(publicUrl && { publicUrl }),
    trustProxy: from.choice('TRUST_PROXY', ['off', 'on'], 'off') === 'on',
    ...(metricsToken && { metricsToken }),
    posters: from.choice('POSTERS', ['on', 'off'], 'on') === 'on',
  };
}
