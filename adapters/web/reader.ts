import type { Context } from 'hono';
import { type Language, languageFor } from '../../src/messages/languages.ts';
import { Wording } from '../../src/messages/wording.ts';

/** Who reads the answer: their language, and how long we work for them. */
export interface Reader {
  readonly language: Language;
  readonly words: Wording;
  readonly signal: AbortSignal;
}

export function readerOf(context: Context, answerTime: number): Reader {
  const language = preferredLanguage(context.req.header('accept-language'));
  return { language, words: new Wording(language), signal: AbortSignal.timeout(answerTime) };
}

/** The first language of an `Accept-Language` header that we have; English where there is none. */
export function preferredLanguage(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((each) => each.trim());
      const quality = parameters.find((each) => each.startsWith('q='))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted.map(({ tag }) => languageFor(tag)).find((language) => language !== undefined) ?? 'en';
}
