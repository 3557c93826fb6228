import type { Span } from '../../src/messages/wording.ts';
import { clean, type Line, MESSAGE_ENTITIES } from './limits.ts';

const TAGS = { bold: 'b', italic: 'i', code: 'code' } as const;

/** Lines → a text for `parse_mode: HTML`. The one place where anything is escaped. */
export function toHtml(lines: readonly Line[]): string {
  let entities = 0;
  const draw = (span: Span): string => {
    if (typeof span === 'string') return escaped(span);
    if (++entities > MESSAGE_ENTITIES) return escaped(span.text);
    if ('href' in span)
      return `<a href="${escaped(span.href).replaceAll('"', '&quot;')}">${escaped(span.text)}</a>`;
    return `<${TAGS[span.style]}>${escaped(span.text)}</${TAGS[span.style]}>`;
  };
  return lines.map((line) => line.map(draw).join('')).join('\n');
}

function escaped(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
