import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import {
  type APIInteraction,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayIdentifyData,
  GatewayOpcodes,
  type GatewayReadyDispatchData,
  type GatewayResumeData,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';

interface Received {
  readonly op: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever a client may send
  readonly d: any;
}

type ReadyData = Omit<GatewayReadyDispatchData, 'session_id' | 'resume_gateway_url' | 'shard'>;

const SESSION = 'a-session';

/** Discord's gateway: hello, identify, ready, heartbeat, resume with what was missed. */
export class FakeGateway {
  readonly identified: GatewayIdentifyData[] = [];
  readonly resumed: GatewayResumeData[] = [];
  /** Who sends another token is closed with 4004. */
  token: string;
  /** New connections are cut at once. */
  unreachable = false;
  readonly #events = new EventEmitter();
  readonly #server: WebSocketServer;
  readonly #url: () => string;
  readonly #sent: object[] = [];
  #sequence = 0;
  readonly #keeps: () => boolean;
  readonly #ready: ReadyData;
  #shards = new Set<WebSocket>();

  constructor(options: {
    server: Server;
    token: string;
    url: () => string;
    keeps: () => boolean;
    ready: ReadyData;
  }) {
    this.#keeps = options.keeps;
    this.token = options.token;
    this.#url = options.url;
    this.#ready = options.ready;
    this.#server = new WebSocketServer({ server: options.server });
    this.#server.on('connection', (socket) => this.#connected(socket));
  }

  /** Resolves when a connection has been served for the so many-th time, resumed or new. */
  async served(times: number): Promise<void> {
    while (this.identified.length + this.resumed.length < times) await once(this.#events, 'served');
  }

  get connections(): number {
    return this.#shards.size;
  }

  dispatchInteraction(interaction: APIInteraction): void {
    this.#dispatch(GatewayDispatchEvents.InteractionCreate, interaction);
  }

  /** Breaks every connection without a word. */
  cut(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#shards.clear();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #connected(socket: WebSocket): void {
    if (this.unreachable) {
      socket.terminate();
      return;
    }
    socket.on('message', (data) => this.#received(socket, JSON.parse(String(data))));
    socket.on('close', () => this.#shards.delete(socket));
    send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: 45_000 } });
  }

  #received(socket: WebSocket, { op, d }: Received): void {
    if (op === GatewayOpcodes.Heartbeat) send(socket, { op: GatewayOpcodes.HeartbeatAck });
    if (op !== GatewayOpcodes.Identify && op !== GatewayOpcodes.Resume) return;
    if (d.token !== this.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed);
      return;
    }
    this.#shards.add(socket);
    if (op === GatewayOpcodes.Identify) this.#identify(d);
    else this.#resume(socket, d);
    this.#events.emit('served');
  }

  #identify(data: GatewayIdentifyData): void {
    this.identified.push(data);
    const ready = { ...this.#ready, session_id: SESSION, resume_gateway_url: this.#url(), shard: data.shard };
    this.#dispatch(GatewayDispatchEvents.Ready, ready);
  }

  #resume(socket: WebSocket, data: GatewayResumeData): void {
    this.resumed.push(data);
    for (const missed of this.#sent.slice(data.seq)) send(socket, missed);
    this.#dispatch(GatewayDispatchEvents.Resumed, {});
  }

  /** What nobody is there to get is kept for the one who resumes. */
  #dispatch(t: string, d: object): void {
    const event = { op: GatewayOpcodes.Dispatch, t, s: ++this.#sequence, d };
    if (this.#keeps()) this.#sent.push(event);
    for (const socket of this.#shards) send(socket, event);
  }
}

function send(socket: WebSocket, payload: object): void {
  socket.send(JSON.stringify(payload));
}
