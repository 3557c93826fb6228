import { type Answer, type Asked, JsonService } from './json-service.ts';

export const GEMINI_KEY = 'AIza-the-key-of-the-tests';

interface EmbedRequest {
  readonly model: string;
  readonly content: { readonly parts: readonly { readonly text: string }[] };
  readonly taskType: string;
  readonly outputDimensionality?: number;
}

/**
 * Gemini's `batchEmbedContents` on 127.0.0.1. A text's vector counts its words, each in the place that its letters add
 * up to: texts that share words are alike. It is not of unit length, as with the real one.
 */
export class FakeGemini extends JsonService {
  /** Texts embedded so far. */
  texts = 0;

  static async start(): Promise<FakeGemini> {
    return new FakeGemini().start();
  }

  protected override answer({ path, headers, body }: Asked): Answer {
    if (headers['x-goog-api-key'] !== GEMINI_KEY) return WRONG_KEY;
    const model = /^\/v1beta\/(models\/[\w.-]+):batchEmbedContents$/u.exec(path)?.[1];
    if (model !== 'models/gemini-embedding-001')
      return said(404, `${model} is not found for API version v1beta`);
    const { requests } = body as { requests: readonly EmbedRequest[] };
    if (requests.length > 100) return said(400, 'at most 100 requests can be in one batch');
    if (requests.some((request) => request.model !== model)) return said(400, 'the models differ');
    const texts = requests.map(({ content }) => content.parts.map(({ text }) => text).join(''));
    if (texts.some((text) => text === '')) return said(400, 'content is empty');
    this.texts += texts.length;
    const embeddings = texts.map((text, i) => ({
      values: countWords(text, requests[i]?.outputDimensionality),
    }));
    return { status: 200, body: { embeddings } };
  }
}

/** A 429 as Google words it. */
export function quotaExceeded(
  retryDelay: string,
  quotaId = 'EmbedContentRequestsPerMinutePerProject',
): Answer {
  return said(429, 'You exceeded your current quota.', [
    { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId }] },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
  ]);
}

export function said(code: number, message: string, details?: readonly object[]): Answer {
  return { status: code, body: { error: { code, message, status: 'REFUSED', ...(details && { details }) } } };
}

const WRONG_KEY = said(400, 'API key not valid. Please pass a valid API key.', [
  {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'API_KEY_INVALID',
    domain: 'googleapis.com',
  },
]);

function countWords(text: string, dimensions = 3072): number[] {
  const values = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['?']) {
    let sum = 0;
    for (const letter of word) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % dimensions;
    values[sum]!++;
  }
  return values;
}
