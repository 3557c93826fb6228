import type { Span } from '../../src/messages/wording.ts';
import { cut } from './limits.ts';

/** What a piece of Markdown takes of the message's room; never less for the parts together than for the whole. */
export type Cost = (markdown: string) => number;

/** Everything that can begin a style, a list, a heading, a quote, a mention, an emoji or a link. */
const SPECIAL = /[\\*_~`|<>#+\-[\]()@:]/gu;

/** Signs nobody sees, which can turn or hide text. Joiners stay: scripts and emoji need them. */
const INVISIBLE = /[\p{Cf}--[\u200C\u200D\u{E0020}-\u{E007F}]]/gv;

/** One line of well-formed text without control characters or invisible signs. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(INVISIBLE, '')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ');
}

/** Text for a place where Discord shows no Markdown and takes nothing blank: labels, alternative texts. */
export function label(text: string, max: number): string {
  return cut(plain(text).trim() || '…', max);
}

/** The spans as one line of Markdown, in which nothing but their own styles formats, mentions or links. */
export function markdown(spans: readonly Span[], max: number, cost: Cost): string {
  let line = '';
  for (const span of spans) {
    const left = max - 1 - cost(line);
    const whole = drawSpan(span, Number.POSITIVE_INFINITY, cost);
    if (cost(whole) > left) {
      line += drawSpan(span, left, cost);
      break;
    }
    line += whole;
  }
  // A number with a full stop begins a list; the one unit kept back above pays for this.
  return line.trim().replace(/^(\d+)(?=\.(?:\s|$))/u, '$1\\');
}

function drawSpan(span: Span, max: number, cost: Cost): string {
  if (typeof span === 'string') return drawText(span, max, cost);
  if ('href' in span) return drawLink(span, max, cost);
  if (span.style === 'code') {
    const code = cut(plain(span.text).replaceAll('`', '’'), max - cost('``'), cost);
    return code.trim() ? `\`${code}\`` : '';
  }
  const mark = span.style === 'bold' ? '**' : '*';
  const inner = drawText(span.text.trim(), max - 2 * cost(mark), cost);
  return inner.trim() ? mark + inner + mark : inner;
}

function drawText(text: string, max: number, cost: Cost): string {
  return escaped(cut(plain(text), max, (part) => cost(escaped(part))));
}

function drawLink(link: Extract<Span, { href: string }>, max: number, cost: Cost): string {
  const url = webAddress(link.href)?.replaceAll('(', '%28').replaceAll(')', '%29');
  if (!url) return drawText(link.text, max, cost);
  const text = drawText(link.text, max - cost(`[](${url})`), cost);
  return text.trim() ? `[${text}](${url})` : '';
}

/** The address in its normal form; undefined where it is none of the web's. */
export function webAddress(href: string): string | undefined {
  const url = URL.parse(href);
  return url && /^https?:$/u.test(url.protocol) ? url.href : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(SPECIAL, '\\$&');
}

/** The address of a file that is sent with the message. */
export function attachment(name: string): string {
  return `attachment://${name}`;
}
