import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type APIApplicationCommand,
  type APIInteraction,
  type APIUser,
  ApplicationFlags,
  type RESTGetAPIGatewayBotResult,
  InteractionResponseType as Type,
} from 'discord-api-types/v10';
import { Conversation } from './conversation.ts';
import { FakeGateway } from './gateway.ts';
import { messageProblems } from './message-problems.ts';
import { FakeChannels, pollProblems } from './polls.ts';
import { requestProblems } from './schema.ts';

const APPLICATION = '100000000000000001';
const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAx.GfAkEd.a-token-that-only-the-fake-server-takes';

/** A request as it arrived. */
export interface Recorded {
  readonly method: string;
  /** Without the version: `/gateway/bot`. */
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the JSON that left
  readonly body: any;
  /** Files that came with it, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** An answer that takes the place of the real one, for the next requests that match. */
interface Injected {
  readonly path: RegExp;
  times: number;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: object;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** As the API's description names it. */
  readonly described: string;
  readonly needsToken?: boolean;
  answer(request: { readonly id: string; readonly body: Recorded['body'] }): {
    status: number;
    body?: object;
  };
}

/** Discord on 127.0.0.1: the gateway and the part of the REST API that a bot with slash commands uses. */
export class FakeDiscord {
  readonly token = TOKEN;
  readonly requests: Recorded[] = [];
  /** What Discord's rules or its description of the API say against anything that arrived. */
  readonly violations: string[] = [];
  /** Commands by where they are registered: `global`, or the server's id. */
  readonly commands = new Map<string, APIApplicationCommand[]>();
  readonly gateway: FakeGateway;
  /** What stands in channels. */
  readonly channels = new FakeChannels();
  /** The token that is accepted. */
  acceptedToken: string = TOKEN;
  /** Keep every request and event. Off, memory stays small, and a session that is resumed gets nothing it missed. */
  recording = true;
  readonly #server: Server;
  readonly #injected: Injected[] = [];
  readonly #hosted = new Map<string, Uint8Array>();
  readonly #conversations = new Map<string, Conversation>();
  #count = 0;

  static async start(): Promise<FakeDiscord> {
    const fake = new FakeDiscord();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
    this.gateway = new FakeGateway({
      server: this.#server,
      token: TOKEN,
      url: () => this.#address('ws'),
      keeps: () => this.recording,
      ready: {
        v: 10,
        user: {
          id: APPLICATION,
          username: 'Kindred',
          discriminator: '0',
          global_name: null,
          avatar: null,
        } satisfies APIUser,
        guilds: [],
        application: {
          id: APPLICATION,
          flags: ApplicationFlags.ApplicationCommandBadge,
          flags_new: '8388608',
        },
      },
    });
  }

  get apiUrl(): string {
    return `${this.#address('http')}/api`;
  }

  async stop(): Promise<void> {
    await this.gateway.close();
    await this.#hangUp();
  }

  /** Cuts every connection and refuses new ones. Resolves with what brings Discord back. */
  async cut(): Promise<() => Promise<void>> {
    const { port } = this.#server.address() as AddressInfo;
    this.gateway.cut();
    await this.#hangUp();
    return async () => {
      this.#server.listen(port, '127.0.0.1');
      await once(this.#server, 'listening');
    };
  }

  async #hangUp(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Answers the next matching requests so instead. */
  inject(
    path: RegExp,
    answer: { status: number; headers?: Record<string, string>; body?: object; times?: number },
  ): void {
    this.#injected.push({ path, times: 1, body: { code: 0, message: 'injected' }, ...answer });
  }

  /** Puts a file where people's files are; answers its address. */
  host(name: string, bytes: Uint8Array): string {
    this.#hosted.set(`/attachments/${name}`, bytes);
    return `${this.#address('http')}/attachments/${name}`;
  }

  /** The interaction with an id and token of its own, known here: for what comes in over HTTP. */
  begin(payload: APIInteraction): Conversation {
    this.#count += 1;
    const id = String(900000000000000000n + BigInt(this.#count));
    const token = `interaction-token-${this.#count}`;
    const conversation = new Conversation({ ...payload, id, token, application_id: APPLICATION });
    this.#conversations.set(token, conversation);
    return conversation;
  }

  /** Nothing more is expected of it. */
  forget({ interaction }: Conversation): void {
    this.#conversations.delete(interaction.token);
  }

  /** Somebody uses the bot: it comes out of the gateway. */
  interact(payload: APIInteraction): Conversation {
    const conversation = this.begin(payload);
    this.gateway.dispatchInteraction(conversation.interaction);
    return conversation;
  }

  readonly #routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/gateway\/bot$/u,
      described: '/gateway/bot',
      needsToken: true,
      answer: () => ({ status: 200, body: this.#gatewayInfo() }),
    },
    {
      method: 'GET',
      path: /^\/applications\/@me$/u,
      described: '/applications/@me',
      needsToken: true,
      answer: () => ({ status: 200, body: { id: APPLICATION } }),
    },
    ...this.#commandRoutes(/^\/applications\/\d+\/(commands)$/u, '/applications/{application_id}/commands'),
    ...this.#commandRoutes(
      /^\/applications\/\d+\/guilds\/(\d+)\/commands$/u,
      '/applications/{application_id}/guilds/{guild_id}/commands',
    ),
    {
      method: 'POST',
      path: /^\/interactions\/\d+\/([^/]+)\/callback$/u,
      described: '/interactions/{interaction_id}/{interaction_token}/callback',
      answer: ({ id, body }) => {
        if (body.type === Type.ChannelMessageWithSource || body.type === Type.UpdateMessage)
          this.#check(messageProblems(body.data));
        return this.#outcome(this.#conversations.get(id)?.callback(body));
      },
    },
    {
      method: 'PATCH',
      path: /^\/webhooks\/\d+\/([^/]+)\/messages\/@original$/u,
      described: '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
      answer: ({ id, body }) => {
        this.#check(messageProblems(body));
        return this.#outcome(this.#conversations.get(id)?.edit(body));
      },
    },
    {
      method: 'DELETE',
      path: /^\/webhooks\/\d+\/([^/]+)\/messages\/@original$/u,
      described: '/webhooks/{webhook_id}/{webhook_token}/messages/@original',
      answer: ({ id }) => this.#outcome(this.#conversations.get(id)?.delete()),
    },
    {
      method: 'POST',
      path: /^\/webhooks\/\d+\/([^/]+)$/u,
      described: '/webhooks/{webhook_id}/{webhook_token}',
      answer: ({ id, body }) => {
        this.#check(body.poll ? pollProblems(body) : messageProblems(body));
        const conversation = this.#conversations.get(id);
        const outcome = this.#outcome(conversation?.followUp(body));
        if ('body' in outcome || !body.poll) return outcome;
        return { status: 200, body: this.channels.add(conversation!.interaction.channel?.id ?? '', body) };
      },
    },
    {
      method: 'POST',
      path: /^\/channels\/(\d+)\/messages$/u,
      described: '/channels/{channel_id}/messages',
      needsToken: true,
      answer: ({ id, body }) => {
        this.#check(messageProblems(body));
        return this.channels.post(id, body);
      },
    },
    {
      method: 'POST',
      path: /^\/channels\/(\d+\/polls\/\d+)\/expire$/u,
      described: '/channels/{channel_id}/polls/{message_id}/expire',
      needsToken: true,
      answer: ({ id }) => this.channels.expire(id.replace('/polls/', '/')),
    },
    {
      method: 'GET',
      path: /^\/channels\/(\d+\/messages\/\d+)$/u,
      described: '/channels/{channel_id}/messages/{message_id}',
      needsToken: true,
      answer: ({ id }) => this.channels.read(id.replace('/messages/', '/')),
    },
  ];

  #commandRoutes(path: RegExp, described: string): Route[] {
    const placeOf = (id: string) => (id === 'commands' ? 'global' : id);
    return [
      {
        method: 'GET',
        path,
        described,
        needsToken: true,
        answer: ({ id }) => ({ status: 200, body: this.commands.get(placeOf(id)) ?? [] }),
      },
      {
        method: 'PUT',
        path,
        described,
        needsToken: true,
        answer: ({ id, body }) => {
          this.commands.set(
            placeOf(id),
            body.map((command: object, index: number) => asRegistered(command, index, id)),
          );
          return { status: 200, body: this.commands.get(placeOf(id))! };
        },
      },
    ];
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const hosted = this.#hosted.get(request.url ?? '');
    if (hosted) {
      response.end(hosted);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = request.method ?? '';
    const path = (request.url ?? '').replace(/^\/api\/v10/u, '').replace(/\?.*$/u, '');
    const { body, files } = await bodyOf(Buffer.concat(chunks), request.headers['content-type']);
    if (this.recording) this.requests.push({ method, path, body, files });
    const { status, headers, body: answer } = this.#answer(method, path, body, request.headers.authorization);
    response.writeHead(status, { ...(answer && { 'content-type': 'application/json' }), ...headers });
    response.end(answer && JSON.stringify(answer));
  }

  #answer(method: string, path: string, body: unknown, authorization: string | undefined) {
    const injected = this.#injected.find((each) => each.times > 0 && each.path.test(path));
    if (injected) {
      injected.times -= 1;
      return injected;
    }
    const route = this.#routes.find((each) => each.method === method && each.path.test(path));
    if (!route) return { status: 404, headers: {}, body: { code: 0, message: '404: Not Found' } };
    if (route.needsToken && authorization !== `Bot ${this.acceptedToken}`)
      return { status: 401, headers: {}, body: { code: 0, message: '401: Unauthorized' } };
    this.#check(requestProblems(route.described, method.toLowerCase(), body));
    return { headers: {}, ...route.answer({ id: route.path.exec(path)?.[1] ?? '', body }) };
  }

  #check(problems: readonly string[]): void {
    this.violations.push(...problems);
  }

  #outcome(outcome: { status: number; code?: number } | undefined): { status: number; body?: object } {
    const { status, code } = outcome ?? { status: 404, code: 10062 };
    return code === undefined ? { status } : { status, body: { code, message: `error ${code}` } };
  }

  #gatewayInfo(): RESTGetAPIGatewayBotResult {
    return {
      url: this.#address('ws'),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
    };
  }

  #address(scheme: 'http' | 'ws'): string {
    return `${scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
}

/** A command as Discord gives it back: with ids, with what is not set as null, without what is false. */
function asRegistered(command: object, index: number, place: string): APIApplicationCommand {
  return {
    id: `20000000000000000${index}`,
    application_id: APPLICATION,
    version: '300000000000000000',
    default_member_permissions: null,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    ...(place !== 'commands' && { guild_id: place, contexts: null, integration_types: [0] }),
    ...command,
  } as unknown as APIApplicationCommand;
}

async function bodyOf(bytes: Buffer, type = ''): Promise<Pick<Recorded, 'body' | 'files'>> {
  if (!type.startsWith('multipart/'))
    return { body: bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined, files: {} };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files: Record<string, string> = {};
  for (const value of form.values()) if (typeof value !== 'string') files[value.name] = await value.text();
  return { body: JSON.parse(String(form.get('payload_json'))), files };
}
