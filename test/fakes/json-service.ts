import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the body. */
  readonly size: number;
  /** Read when it is first asked for. */
  readonly body: unknown;
  /** The body as it came. */
  text(): string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What happens instead of an answer. */
export type Fault =
  | Answer
  /** The connection breaks in the middle of the answer. */
  | 'cut'
  /** A proxy's page, with status 200. */
  | 'html'
  /** Nothing, until the server stops or the client goes. */
  | 'silence';

/** A small service over HTTP on 127.0.0.1 that answers JSON, late or wrongly where a test asks for it. */
export abstract class JsonService {
  /** What was asked so far, in order. */
  readonly asked: Asked[] = [];
  /** Milliseconds added to each answer. */
  latency = 0;
  /** The most requests that were under way at the same time. */
  mostAtOnce = 0;
  /** Keep what was asked; off where there is too much of it. */
  recording = true;
  /** How often it was asked, recorded or not. */
  count = 0;
  readonly #server: Server;
  readonly #faults: { fault: Fault; left: number; matches: (asked: Asked) => boolean }[] = [];
  #underWay = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error) => response.destroy(error));
    });
  }

  protected abstract answer(asked: Asked): Answer;

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Lets something else happen to the next requests (for ever by default) whose path matches. */
  fail(fault: Fault, { times = Number.POSITIVE_INFINITY, path = /./u } = {}): void {
    this.#faults.push({ fault, left: times, matches: (asked) => path.test(asked.path) });
  }

  recover(): void {
    this.#faults.length = 0;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay);
    response.once('close', () => this.#underWay--);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const raw = Buffer.concat(chunks);
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      size: raw.length,
      get body() {
        const body = raw.length > 0 ? JSON.parse(raw.toString()) : undefined;
        Object.defineProperty(this, 'body', { value: body });
        return body;
      },
      text: () => raw.toString(),
    };
    this.count++;
    if (this.recording) this.asked.push(asked);
    const fault = this.#faults.find((each) => each.left > 0 && each.matches(asked));
    if (fault) fault.left--;
    const send = () => this.#send(response, asked, fault?.fault);
    if (this.latency > 0) setTimeout(send, this.latency);
    else send();
  }

  #send(response: ServerResponse, asked: Asked, fault: Fault | undefined): void {
    if (fault === 'silence') return;
    if (fault === 'html') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html><body>Just a moment…</body></html>');
      return;
    }
    const { status, body, headers } = typeof fault === 'object' ? fault : this.answer(asked);
    const text = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    if (fault !== 'cut') response.end(text);
    else response.write(text.slice(0, text.length / 2), () => response.destroy());
  }
}
