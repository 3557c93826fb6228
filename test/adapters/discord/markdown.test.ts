import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { label, markdown } from '../../../adapters/discord/markdown.ts';
import type { Span } from '../../../src/messages/wording.ts';

const length = (text: string) => text.length;
const draw = (spans: readonly Span[], max = 1000) => markdown(spans, max, length);

describe('markdown', () => {
  test('lets nothing in a text format, mention or link', () => {
    expect(draw(['**M*A*S*H** _x_ ~~y~~ `z` ||w||'])).toBe(
      '\\*\\*M\\*A\\*S\\*H\\*\\* \\_x\\_ \\~\\~y\\~\\~ \\`z\\` \\|\\|w\\|\\|',
    );
    expect(draw(['@everyone <@1> <#2> <:a:3> <t:4>'])).toBe(
      '\\@everyone \\<\\@1\\> \\<\\#2\\> \\<\\:a\\:3\\> \\<t\\:4\\>',
    );
    expect(draw(['[click](https://x.y)'])).toBe('\\[click\\]\\(https\\://x.y\\)');
    expect(draw(['a\\'])).toBe('a\\\\');
  });

  test('lets no line begin a heading, a quote, a list or small print', () => {
    for (const start of ['# ', '> ', '- ', '* ', '+ ', '-# ']) expect(draw([`${start}x`])).toMatch(/^\\/u);
    expect(draw(['1. one'])).toBe('1\\. one');
    expect(draw(['1984'])).toBe('1984');
  });

  test('draws its own styles, and no mark around nothing', () => {
    expect(draw([{ style: 'bold', text: 'a*b' }, ' ', { style: 'italic', text: 'c' }])).toBe('**a\\*b** *c*');
    expect(draw([{ style: 'code', text: '/similar `x`' }])).toBe('`/similar ’x’`');
    expect(draw([{ style: 'bold', text: ' ' }, 'x'])).toBe('x');
  });

  test('links only to the web, and lets no address end its link', () => {
    expect(draw([{ href: 'https://x.y/a)b', text: 'there' }])).toBe('[there](https://x.y/a%29b)');
    expect(draw([{ href: 'javascript:alert(1)', text: 'there' }])).toBe('there');
  });

  test('makes one line of any text, without what cannot be seen', () => {
    expect(draw(['a\n# b\u202ec\u0000d\tf'])).toBe('a \\# bc d f');
    expect(draw(['\ud800x'])).toBe('\ufffdx');
  });

  test('cuts with … and never in the middle of an escape or of what people see as one character', () => {
    expect(draw(['********'], 8)).toBe('\\*\\*\\*…');
    expect(draw(['👩‍👩‍👧‍👦👩‍👩‍👧‍👦'], 14)).toBe('👩‍👩‍👧‍👦…');
    expect(draw([{ style: 'bold', text: 'abcdefgh' }, ' (1999)'], 10)).toBe('**abcd…**');
  });

  test('never takes more than it may', () => {
    const span = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.record({ style: fc.constantFrom('bold', 'italic', 'code'), text: fc.string({ unit: 'binary' }) }),
    ) as fc.Arbitrary<Span>;
    fc.assert(
      fc.property(fc.array(span), fc.integer({ min: 8, max: 100 }), (spans, max) => {
        expect(draw(spans, max).length).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe('label', () => {
  test('is never blank and never too long', () => {
    expect(label('\u200b\n', 80)).toBe('…');
    expect(label('a'.repeat(81), 80)).toBe(`${'a'.repeat(79)}…`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = label(text, 80);
        expect(shown.length).toBeLessThanOrEqual(80);
        expect(shown.trim()).not.toBe('');
      }),
    );
  });
});
