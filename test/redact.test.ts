import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, secrets: readonly string[] = []): string {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  write(createLog({ level: 'info', secrets, destination }));
  return text;
}

describe('the log', () => {
  it('is one JSON record a line', () => {
    const record = JSON.parse(logged((log) => log.info({ command: 'similar' }, 'answered')));
    expect(record).toMatchObject({ level: 'info', command: 'similar', msg: 'answered' });
  });

  it.each([
    ['a known secret', 'the key is s3cr3t-key-0001 here', ['s3cr3t-key-0001'], 's3cr3t'],
    [
      'a Telegram token in an address',
      'https://api.telegram.org/bot123456:AAAbbbCCCdddEEEfffGGGhhhIIIjjj/getMe',
      [],
      'AAAbbb',
    ],
    [
      'a Discord interaction token',
      'POST /webhooks/123456789012345678/aW50ZXJhY3Rpb246abc/messages',
      [],
      'aW50ZXJ',
    ],
    ['a Discord id', 'user 123456789012345678 pressed', [], '123456789012345678'],
    ['a key in a query', 'https://x.example/v1?key=AIzaSyABCDEF&alt=json', [], 'AIzaSy'],
    ['a person', 'asker telegram:4242 said', [], '4242'],
    [
      'the address of a file that somebody sent on Telegram',
      'GET https://api.telegram.org/file/bot123456:AAAbbbCCCdddEEEfffGGGhhhIIIjjj/documents/file_1.csv',
      [],
      'AAAbbb',
    ],
    [
      'who sent a file on Discord',
      'GET https://cdn.discordapp.com/attachments/500000000000000001/910000000000000001/ratings.csv',
      [],
      '910000000000000001',
    ],
    ['a one-time link', 'POST /history/abcDEF012345678-_abcDE failed', [], 'abcDEF012345678'],
    ['whose ratings they are', 'opinions of discord:400000000000000001 and telegram:-1001', [], '-1001'],
    ['an owner in a record', '{"owner":"telegram:700001","movie":7}', [], '700001'],
    ['a chat id in a payload', '{"chat_id":-100123456,"text":"x"}', [], '100123456'],
  ])('never holds %s', (_what, text, secrets, never) => {
    expect(logged((log) => log.error({ err: new Error(text), text }, text), secrets)).not.toContain(never);
  });

  it('stays JSON where an id is a number, and where a text looks like one', () => {
    const text = '":1234567890123456,"user":4242,';
    const person = { chat_id: -100123456, from: { id: 1234567890123456 }, userId: 4242 };
    expect(JSON.parse(logged((log) => log.info({ ...person, text, movie: 4242 }, 'x')))).toMatchObject({
      chat_id: '[id]',
      from: { id: '[id]' },
      userId: '[id]',
      text: '":[id],"user":[id],',
      movie: 4242,
    });
  });

  it('keeps what helps: name, message, stack, code, status and causes', () => {
    const error = Object.assign(new Error('no', { cause: new TypeError('deep') }), {
      code: 'E1',
      status: 503,
    });
    const record = JSON.parse(logged((log) => log.error({ err: error }, 'x')));
    expect(record.err).toMatchObject({
      message: 'no',
      code: 'E1',
      status: 503,
      cause: { name: 'TypeError', message: 'deep' },
    });
  });

  it('leaves out what clients hang onto their errors', () => {
    const error = Object.assign(new Error('call failed'), { payload: { chat_id: 5, text: 'private words' } });
    expect(logged((log) => log.error({ err: error }, 'x'))).not.toContain('private words');
  });
});
