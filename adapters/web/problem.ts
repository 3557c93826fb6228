import { STATUS_CODES } from 'node:http';

interface ProblemInit {
  readonly detail?: string;
  /** The parameter that is wrong. */
  readonly parameter?: string;
  /** Extension members, such as `candidates`. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by a route instead of an answer: an RFC 9457 problem. `detail` is for people, in their language. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly #init: ProblemInit;

  constructor(status: number, init: ProblemInit = {}) {
    super(init.detail ?? STATUS_CODES[status] ?? String(status));
    this.status = status;
    this.#init = init;
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#init.headers ?? {};
  }

  response(): Response {
    const { detail, parameter, members, headers } = this.#init;
    const body = { type: 'about:blank', title: STATUS_CODES[this.status], status: this.status };
    return Response.json(
      { ...body, ...(detail && { detail }), ...(parameter && { parameter }), ...members },
      { status: this.status, headers: { ...headers, 'content-type': 'application/problem+json' } },
    );
  }
}
