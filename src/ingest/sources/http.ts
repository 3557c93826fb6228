import { setTimeout as wait } from 'node:timers/promises';
import { RefusedCredential } from '../../errors.ts';
import { SourceError } from './source.ts';

export interface Api {
  /** Such as "Trakt"; errors say it. */
  readonly service: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Goes with every question; for services that want their key there. */
  readonly query?: Readonly<Record<string, string>>;
  /** The setting that holds the key: what to look at when the service refuses it. */
  readonly keyName: string;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

const ATTEMPTS = 8;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
const TIMEOUT_MS = 60_000;

/** The service does not have what was asked for. */
export class NotThere extends SourceError {
  override readonly name = 'NotThere';
}

/** The service could not answer this time; another try may. */
class Transient extends Error {
  readonly waitMs: number | undefined;

  constructor(message: string, waitMs?: number, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

/**
 * Asks for JSON until it is there whole: a service that is busy (429) is asked again when it says, one that fails or
 * breaks off in the middle of an answer after a wait that doubles. Neither key nor query are in any error.
 *
 * cockatiel's retry would do, but its waits do not end when the signal fires, and a service may say "in 5 minutes".
 */
export async function getJson(
  api: Api,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(api, path, query);
    } catch (error) {
      api.signal?.throwIfAborted();
      if (!(error instanceof Transient)) throw error;
      if (attempt === ATTEMPTS)
        throw new SourceError(`${error.message}, ${ATTEMPTS} times.`, { cause: error.cause });
      const doubled =
        Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
      await wait(error.waitMs ?? doubled, undefined, api.signal ? { signal: api.signal } : {});
    }
  }
}

async function ask(api: Api, path: string, query: Readonly<Record<string, string>>): Promise<Answer> {
  const url = `${api.url}${path}?${new URLSearchParams({ ...api.query, ...query })}`;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = api.signal ? AbortSignal.any([api.signal, timeout]) : timeout;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { headers: { accept: 'application/json', ...api.headers }, signal });
    text = await response.text();
  } catch (error) {
    throw new Transient(`${api.service} broke off at ${path}`, undefined, { cause: error });
  }
  check(api, path, response);
  try {
    return { body: JSON.parse(text), headers: response.headers };
  } catch {
    throw new Transient(`${api.service} sent no JSON at ${path}`);
  }
}

function check({ service, keyName }: Api, path: string, response: Response): void {
  const { status } = response;
  if (status === 429) throw new Transient(`${service} is busy at ${path}`, retryAfter(response));
  if (status >= 500) throw new Transient(`${service} failed with ${status} at ${path}`, retryAfter(response));
  if (status === 401 || status === 403) throw new RefusedCredential(keyName);
  if (status === 404) throw new NotThere(`${service} has nothing at ${path}.`);
  if (!response.ok) throw new SourceError(`${service} answered ${status} at ${path}.`);
}

/** In milliseconds; the header gives seconds or a date. */
function retryAfter({ headers }: Response): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  const seconds = /^\d+$/u.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
