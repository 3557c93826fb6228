import { ConfigError } from '../../config.ts';
import { Obstacle, RefusedCredential, RemoteFailure } from '../../errors.ts';

/** What Google's services tell of an error, beside its status and words. All of it may be missing. */
interface Detail {
  readonly '@type'?: unknown;
  readonly reason?: unknown;
  readonly retryDelay?: unknown;
  readonly violations?: unknown;
}

/** The texts that may be embedded in a day are used up: waiting for a minute is of no use. */
export class QuotaUsedUp extends Obstacle {
  override readonly name = 'QuotaUsedUp';
}

export interface SaidByGemini {
  readonly status: number;
  readonly message: string;
  readonly details: readonly unknown[];
}

/**
 * What an answer with an error means. Google repeats the key in some of its messages; none gets out.
 *
 * @returns `RefusedCredential`, `ConfigError` where model or dimensions are wrong, {@link QuotaUsedUp}, or a `RemoteFailure` that knows how long to wait.
 */
export function meaningOf({ status, message, details }: SaidByGemini, apiKey: string, model: string): Error {
  const known = details as readonly Detail[];
  const said = wordsOf(message).replaceAll(apiKey, '…').slice(0, 300);
  const retryAfter = known
    .map(({ retryDelay }) => milliseconds(retryDelay))
    .find((each) => each !== undefined);
  const options = { status, ...(retryAfter !== undefined && { retryAfter }) };
  const failure = new RemoteFailure(`Gemini answered ${status}${said && `: ${said}`}`, options);
  const invalid =
    known.some(({ reason }) => reason === 'API_KEY_INVALID') || /API key not valid/iu.test(message);
  if (status === 401 || status === 403 || invalid)
    return new RefusedCredential('GEMINI_API_KEY', { cause: failure });
  if (status === 404)
    return new ConfigError([`GEMINI_EMBEDDING_MODEL: Gemini has no embedding model "${model}"`]);
  if (status === 400 && /dimension/iu.test(message))
    return new ConfigError([`GEMINI_EMBEDDING_DIMENSIONS: ${failure.message}`]);
  if (status === 429 && /PerDay/u.test(JSON.stringify(known.map(({ violations }) => violations))))
    return new QuotaUsedUp(
      "Gemini's quota of today is used up; run it again tomorrow, it goes on where it was",
      {
        cause: failure,
      },
    );
  return failure;
}

/** What Google says, without the address before it and the details after it that the SDK adds. */
function wordsOf(message: string): string {
  return message
    .replace(/^\[GoogleGenerativeAI Error\]: .*?: \[\d+ [^\]]*\] /u, '')
    .replace(/ \[\{"@type".*$/su, '');
}

/** A duration as protocol buffers write it in JSON: `34.07s`. */
function milliseconds(duration: unknown): number | undefined {
  const seconds = typeof duration === 'string' ? /^(\d+(?:\.\d+)?)s$/u.exec(duration)?.[1] : undefined;
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
