import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTelegramAdapter } from '../../../adapters/telegram/index.ts';
import { renderNote } from '../../../adapters/telegram/render.ts';
import { createLog } from '../../../src/log.ts';
import { ANNA, BEN, FakeTelegram, type Shown } from '../../fakes/telegram.ts';
import { LETTERBOXD_ZIP } from '../../fixtures/exports.ts';
import { aTasteBot, buttonOf, type TasteBot } from '../../fixtures/taste-bot.ts';
import { zipOf } from '../../fixtures/zip.ts';

const GROUP = { id: -100_500, type: 'supergroup', title: 'Films' } as const;
const ANN = `telegram:${ANNA.id}`;

interface World extends TasteBot {
  readonly telegram: FakeTelegram;
  logged(): string;
}

/** The real client on a fake Bot API, with the real commands. */
async function aWorld(): Promise<World> {
  const telegram = await FakeTelegram.start();
  const sink = new PassThrough().setEncoding('utf8');
  let logged = '';
  sink.on('data', (text: string) => {
    logged += text;
  });
  const log = createLog({ level: 'trace', secrets: [], destination: sink });
  const taste = await aTasteBot({ log });
  const adapter = createTelegramAdapter(
    { token: telegram.token, apiUrl: telegram.url },
    { log, posters: true },
  );
  await adapter.start(taste.bot);
  onTestFinished(async () => {
    await adapter.stop();
    await telegram.stop();
    expect(telegram.violations).toEqual([]);
  });
  return { ...taste, telegram, logged: () => logged };
}

const cardIn = (telegram: FakeTelegram, chat: number): Promise<Shown> =>
  telegram.until(() => telegram.shown(chat).find(({ text }) => text.startsWith('Alien (1979)')));

describe('rating on Telegram', () => {
  it('is a notice for the one who pressed: the card stays as it is, also in a group', async () => {
    const { telegram, opinions, movie } = await aWorld();
    telegram.say('/movie@KindredTestBot Alien', { chat: GROUP });
    const card = await cardIn(telegram, GROUP.id);
    telegram.press(card, '👍 Good', { from: BEN, chat: GROUP });
    const first = await telegram.call('answerCallbackQuery');
    // The first rating says that learning is on, and stays until it is closed.
    expect(first.payload).toMatchObject({ show_alert: true, text: expect.stringContaining('/forgetme') });
    telegram.press(card, '✓ Seen', { from: BEN, chat: GROUP });
    const second = await telegram.call('answerCallbackQuery', 1);
    expect(second.payload).toMatchObject({
      show_alert: false,
      text: 'Noted: you have seen Alien. /rate changes it.',
    });
    expect(telegram.shown(GROUP.id)).toEqual([card]);
    expect(telegram.of('editMessageText')).toEqual([]);
    expect(await opinions.on(`telegram:${BEN.id}`, movie('Alien').number)).toMatchObject({ stars: 4.5 });
    expect(await opinions.count(ANN)).toBe(0);
  });

  it.each([
    ['the whole panel of a card', 'card', 'What did you think of Alien (1979)?'],
    ['the film rated last', '/rate@KindredTestBot', 'What did you think of Alien (1979)?'],
    ['the panel of a typed title', '/rate@KindredTestBot Alien', 'What did you think of Alien (1979)?'],
  ])('tells a group nothing of what somebody said: %s is in the private chat', async (_, typed, asked) => {
    const { telegram, opinions, movie } = await aWorld();
    const { number } = movie('Alien');
    await opinions.put(ANN, { movie: number, stars: 4.5, seen: true, dismissed: false, at: 1 });
    if (typed === 'card') {
      telegram.say('/movie@KindredTestBot Alien', { chat: GROUP });
      telegram.press(await cardIn(telegram, GROUP.id), '★ Stars…', { chat: GROUP });
    } else telegram.say(typed, { chat: GROUP });
    const answer = await telegram.until(() =>
      telegram.shown(GROUP.id).find(({ text }) => text.startsWith('That is between you and me')),
    );
    expect(JSON.stringify(telegram.shown(GROUP.id))).not.toContain('4½ ★');
    const [button] = answer.buttons;
    const url = new URL(button && 'url' in button ? button.url : '');
    telegram.say(`/start ${url.searchParams.get('start')}`);
    const panel = await telegram.until(() => telegram.shown(ANNA.id)[0]);
    expect(panel.text).toContain(asked);
    expect(panel.text).toContain('4½ ★');
  });

  it('leaves a card that was posted in inline mode as it is', async () => {
    const { telegram, opinions, movie, bot } = await aWorld();
    const { number } = movie('Alien');
    await opinions.put(ANN, { movie: number, stars: 4.5, seen: true, dismissed: false, at: 1 });
    const ask = { kind: 'command', command: 'movie', args: { title: 'Alien' } } as const;
    const whole = buttonOf(await bot.handle({ ask }), '★ Stars…');
    telegram.pressInline('inline-1', whole.id);
    const { payload } = await telegram.call('answerCallbackQuery');
    expect(payload).toMatchObject({ text: 'That is between you and me: open our private chat for it.' });
    expect(telegram.of('editMessageText')).toEqual([]);
  });

  it('says of what was taken back, too, how it is changed', async () => {
    const { bot } = await aWorld();
    await bot.handle({ ask: { kind: 'text', text: '/rate alien 4' }, asker: ANN });
    const args = { title: 'Alien', as: 'none' };
    const reply = await bot.handle({ ask: { kind: 'command', command: 'rate', args }, asker: ANN });
    expect(renderNote(reply)).toBe('Taken back: I no longer know what you think of Alien. /rate changes it.');
  });

  it('answers a typed rating with a message that can be undone in its place', async () => {
    const { telegram, opinions } = await aWorld();
    telegram.say('/rate alien 4.5');
    const note = await telegram.until(() => telegram.shown(ANNA.id)[0]);
    expect(note.text).toContain('Noted: 4½ ★ for Alien.');
    telegram.press(note, 'Undo');
    await telegram.call('editMessageText');
    expect(telegram.shown(ANNA.id)[0]?.text).toBe('Undone: for Alien it is as it was before.');
    expect(await opinions.count(ANN)).toBe(0);
  });
});

describe('what is personal on Telegram', () => {
  it.each([
    ['/mydata', 'This file is everything I keep about you'],
    ['/foryou genre:horror', 'For you:'],
    ['/forgetme', 'Delete all I keep about you'],
  ])(
    '%s in a group leads to the private chat, where the same question is answered',
    async (typed, answered) => {
      const { telegram, opinions, movie } = await aWorld();
      await opinions.put(ANN, {
        movie: movie('Alien').number,
        stars: 5,
        seen: true,
        dismissed: false,
        at: 1,
      });
      telegram.say(typed.replace(/^\/\w+/u, '$&@KindredTestBot'), { chat: GROUP });
      const answer = await telegram.until(() => telegram.shown(GROUP.id)[0]);
      expect(answer.text).toBe('That is between you and me: open our private chat for it.');
      const [button] = answer.buttons;
      const url = new URL(button && 'url' in button ? button.url : '');
      expect(url.href).toMatch(/^https:\/\/t\.me\/KindredTestBot\?start=[\w-]{1,64}$/u);
      telegram.say(`/start ${url.searchParams.get('start')}`);
      const reply = await telegram.until(() => telegram.shown(ANNA.id)[0]);
      expect(reply.text).toContain(answered);
      expect(telegram.shown(GROUP.id)).toHaveLength(1);
    },
  );

  it('sends all that is held as a document, and deletes it after one more press', async () => {
    const { telegram, opinions, movie, logged } = await aWorld();
    await opinions.put(ANN, { movie: movie('Alien').number, stars: 5, seen: true, dismissed: false, at: 0 });
    telegram.say('/mydata');
    const { file } = await telegram.until(() => telegram.shown(ANNA.id).find((each) => each.file));
    expect(file?.name).toBe('kindred-my-data.json');
    expect(JSON.parse(file?.text ?? '')).toEqual({
      account: ANN,
      movieNights: [],
      opinions: [
        {
          id: 'tt0000001',
          title: 'Alien',
          year: 1979,
          stars: 5,
          seen: true,
          notThis: false,
          at: '1970-01-01T00:00:00.000Z',
        },
      ],
    });
    telegram.say('/forgetme');
    const question = await telegram.until(() =>
      telegram.shown(ANNA.id).find(({ text }) => text.startsWith('Delete all')),
    );
    expect(await opinions.count(ANN)).toBe(1);
    telegram.press(question, 'Delete everything');
    await telegram.call('editMessageText');
    expect(telegram.shown(ANNA.id).find(({ id }) => id === question.id)?.text).toMatch(/^Done: .* 1 film /u);
    expect(await opinions.count(ANN)).toBe(0);
    expect(logged()).not.toContain(String(ANNA.id));
  });
});

describe('a history sent on Telegram', () => {
  it('is taken whole, with a report of what was found and what was not', async () => {
    const { telegram, opinions, movie, logged } = await aWorld();
    telegram.sendFile('letterboxd-ann.zip', LETTERBOXD_ZIP);
    const report = await telegram.until(() => telegram.shown(ANNA.id)[0]);
    expect(report.text).toContain('From now on I learn your taste');
    expect(report.text).toContain('Your history from Letterboxd is in: 3 films that I know, 2 with stars.');
    expect(report.text).toContain('1 film I do not know: Crouching Nothing, Hidden Film (2011)');
    expect(await opinions.on(ANN, movie('Alien').number)).toMatchObject({ stars: 4.5 });
    expect(await opinions.on(ANN, movie('Toy Story').number)).toEqual({
      movie: movie('Toy Story').number,
      seen: true,
      dismissed: false,
      at: Date.UTC(2024, 2, 7),
    });
    expect(await opinions.count(ANN)).toBe(3);
    telegram.press(report, 'Take this import back');
    await telegram.call('editMessageText');
    expect(telegram.shown(ANNA.id).at(-1)?.text).toContain('as it was before your history from Letterboxd');
    expect(await opinions.count(ANN)).toBe(0);
    expect(logged()).not.toContain(String(ANNA.id));
    expect(logged()).not.toContain(telegram.token);
  });

  it.each([
    ['of 50 MB', Buffer.from('x'), 50_000_000, 'That file is too large: I take up to 15 MB'],
    ['that is no export', Buffer.from('hello'), undefined, 'I do not know that kind of file'],
    ['that is a bomb', zipOf({ 'ratings.csv': Buffer.alloc(80_000_000) }), undefined, 'unpacks to far more'],
  ])('%s is refused in a sentence, and nothing of it is kept', async (_, bytes, size, sentence) => {
    const { telegram, opinions } = await aWorld();
    telegram.sendFile('export.zip', bytes, size === undefined ? {} : { size });
    const answer = await telegram.until(() => telegram.shown(ANNA.id)[0]);
    expect(answer.text).toContain(sentence);
    expect(await opinions.count(ANN)).toBe(0);
  });

  it('in a group leads to the private chat and is not even fetched', async () => {
    const { telegram } = await aWorld();
    telegram.sendFile('ratings.csv', LETTERBOXD_ZIP, {
      chat: GROUP,
      more: { caption: '/history@KindredTestBot' },
    });
    const answer = await telegram.until(() => telegram.shown(GROUP.id)[0]);
    expect(answer.text).toContain('open our private chat');
    expect(telegram.of('getFile')).toEqual([]);
  });
});
