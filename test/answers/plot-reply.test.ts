import { describe, expect, it } from 'vitest';
import { plotReply } from '../../src/answers/plot-reply.ts';
import type { Tools } from '../../src/chat/command.ts';
import { say } from '../../src/messages/message.ts';

describe('the answer to a story', () => {
  it('says where nothing was found that only the words were looked for', () => {
    const text = 'un ladrón de sueños';
    const answer = { items: [], page: 1, pages: 0, remarks: [{ kind: 'wordsOnly' }] } as const;
    const tools = { call: { command: 'plot', args: { text } }, language: 'en' } as unknown as Tools;
    expect(plotReply(text, {}, answer, tools).blocks).toEqual([
      { kind: 'text', lines: [say('plot.none', { text }), say('note.wordsOnly')] },
    ]);
  });
});
