import { RefusedCredential, RemoteFailure } from '../../errors.ts';
import { isTransient, type Patience, parseRetryAfter, retry, withDeadline } from '../../resilience.ts';
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

/** An import may wait: a service that says "in 5 minutes" is asked again in 5 minutes. */
const PATIENCE: Patience = { timeout: 60_000, attempts: 8, firstPause: 1_000, longestPause: 15 * 60_000 };

/** The service does not have what was asked for. */
export class NotThere extends SourceError {
  override readonly name = 'NotThere';
}

/**
 * Asks for JSON until it is there whole: a service that is busy (429) is asked again when it says, one that fails or
 * breaks off in the middle of an answer after a pause that doubles. Neither key nor query are in any error. Rejects
 * with {@link SourceError}, `RefusedCredential`, or the signal's reason.
 */
export async function getJson(
  api: Api,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  const { service, signal } = api;
  try {
    return await retry(() => ask(api, path, query), { ...PATIENCE, service, signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (!isTransient(error)) throw error;
    throw new SourceError(`${(error as Error).message}. Run the same command again later.`, { cause: error });
  }
}

async function ask(api: Api, path: string, query: Readonly<Record<string, string>>): Promise<Answer> {
  const url = `${api.url}${path}?${new URLSearchParams({ ...api.query, ...query })}`;
  const headers = { accept: 'application/json', ...api.headers };
  const { response, text } = await withDeadline(PATIENCE.timeout, api.signal, async (signal) => {
    const response = await fetch(url, { headers, signal });
    return { response, text: await response.text() };
  }).catch((cause: unknown) => {
    api.signal?.throwIfAborted();
    throw new RemoteFailure(`${api.service} broke off at ${path}`, { cause });
  });
  check(api, path, response);
  try {
    return { body: JSON.parse(text), headers: response.headers };
  } catch {
    throw new RemoteFailure(`${api.service} sent no JSON at ${path}`);
  }
}

function check({ service, keyName }: Api, path: string, { status, headers, ok }: Response): void {
  if (ok) return;
  if (status === 401 || status === 403) throw new RefusedCredential(keyName);
  if (status === 404) throw new NotThere(`${service} has nothing at ${path}.`);
  const retryAfter = parseRetryAfter(headers.get('retry-after'));
  const failure = new RemoteFailure(
    status === 429 ? `${service} is busy at ${path}` : `${service} answered ${status} at ${path}`,
    { status, ...(retryAfter !== undefined && { retryAfter }) },
  );
  throw failure.transient ? failure : new SourceError(`${failure.message}.`);
}
