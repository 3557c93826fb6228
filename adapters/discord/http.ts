import type { webcrypto } from 'node:crypto';
import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Respond } from './answerer.ts';

/** Far above what a message with all its components takes. */
const MAX_BYTES = 1_000_000;
const MAX_AGE_SECONDS = 5 * 60;

export interface EndpointParts {
  /** 64 hexadecimal digits: the application's Ed25519 public key. */
  readonly publicKey: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves when the interaction is answered, which may be long after `respond` was called. */
  readonly onInteraction: (interaction: APIInteraction, respond: Respond) => Promise<void>;
}

/**
 * Interactions over HTTP, signed by Discord. A bad or old signature gets 401, which Discord itself tests. The rest
 * is answered as over the gateway, with the first response as the body.
 */
export function createEndpoint(parts: EndpointParts): (request: Request) => Promise<Response> {
  const key = importKey(parts.publicKey);
  return async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    const body = await readBody(request);
    if (!body) return new Response(null, { status: 413 });
    if (!(await isSigned(request.headers, body, await key, parts.now())))
      return new Response(null, { status: 401 });
    const interaction = parse(body);
    if (!interaction) return new Response(null, { status: 400 });
    if (interaction.type === InteractionType.Ping)
      return Response.json({ type: InteractionResponseType.Pong });
    const { promise, resolve } = Promise.withResolvers<APIInteractionResponse | undefined>();
    void parts
      .onInteraction(interaction, async (response) => resolve(response))
      .finally(() => resolve(undefined));
    const response = await promise;
    return response ? Response.json(response) : new Response(null, { status: 503 });
  };
}

function importKey(publicKey: string): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('raw', Buffer.from(publicKey, 'hex'), 'Ed25519', false, ['verify']);
}

async function readBody(request: Request): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function isSigned(
  headers: Headers,
  body: Buffer,
  key: webcrypto.CryptoKey,
  now: number,
): Promise<boolean> {
  const signature = headers.get('x-signature-ed25519') ?? '';
  const timestamp = headers.get('x-signature-timestamp') ?? '';
  if (!/^[0-9a-f]{128}$/iu.test(signature) || !/^\d{1,12}$/u.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > MAX_AGE_SECONDS) return false;
  const signed = Buffer.concat([Buffer.from(timestamp), body]);
  return crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'hex'), signed);
}

function parse(body: Buffer): APIInteraction | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return typeof parsed === 'object' && parsed !== null ? (parsed as APIInteraction) : undefined;
  } catch {
    return undefined;
  }
}
