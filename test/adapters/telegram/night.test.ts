import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTelegramAdapter, type TelegramAdapter } from '../../../adapters/telegram/index.ts';
import { createLog } from '../../../src/log.ts';
import { BEN, FakeTelegram, type Shown } from '../../fakes/telegram.ts';
import { aNightBot } from '../../fixtures/night-bot.ts';

const GROUP = { id: -100_500, type: 'supergroup', title: 'Films' } as const;
const HOUR = 3_600_000;

async function aWorld() {
  const telegram = await FakeTelegram.start();
  const sink = new PassThrough().setEncoding('utf8');
  let logged = '';
  sink.on('data', (text: string) => {
    logged += text;
  });
  let adapter: TelegramAdapter | undefined;
  const house = await aNightBot({ endPoll: async (_chat, poll) => adapter?.endPoll?.(poll) });
  adapter = createTelegramAdapter(
    { token: telegram.token, apiUrl: telegram.url },
    { log: createLog({ level: 'trace', secrets: [], destination: sink }), posters: true },
  );
  await adapter.start(house.bot);
  onTestFinished(async () => {
    await adapter.stop();
    await telegram.stop();
    expect(telegram.violations).toEqual([]);
  });
  const find = (look: (shown: Shown) => boolean) => telegram.until(() => telegram.shown(GROUP.id).find(look));
  const keeper = (at: number) =>
    house.keeper(
      {
        serves: () => true,
        post: (place, reply) => adapter.post!(place, reply),
        endPoll: async (_chat, poll) => adapter.endPoll!(poll),
      },
      at,
    );
  return { ...house, telegram, adapter, find, keeper, logged: () => logged + house.log.join() };
}

async function proposed() {
  const world = await aWorld();
  const { telegram, find } = world;
  telegram.say('/movienight@KindredTestBot', { chat: GROUP });
  const lobby = await find(({ text }) => text.startsWith('Movie night'));
  telegram.press(lobby, 'Join', { from: BEN, chat: GROUP });
  const joined = await find(({ text }) => text.includes('2 people take part: Anna and Ben.'));
  telegram.press(joined, 'Propose five films', { chat: GROUP });
  const films = await find(({ text }) => text.startsWith('For the 2 of you'));
  return { ...world, lobby, films };
}

async function voting() {
  const world = await proposed();
  world.telegram.press(world.films, 'Start the vote', { chat: GROUP });
  const poll = await world.find((shown) => shown.poll !== undefined);
  while ((await world.nights.get(1))?.poll === undefined) await new Promise(setImmediate);
  return { ...world, poll };
}

describe('a movie night on Telegram', () => {
  it('is one message that changes with who joins and what is proposed', async () => {
    const { telegram, lobby, films } = await proposed();
    expect(films.id).toBe(lobby.id);
    expect(telegram.shown(GROUP.id)).toHaveLength(1);
    expect(films.text).toContain('5. ');
    expect(films.text).not.toContain('6. ');
  });

  it('has a native poll in which friends see who wants what', async () => {
    const { telegram, poll } = await voting();
    expect(telegram.of('sendPoll')[0]?.payload).toMatchObject({
      chat_id: GROUP.id,
      question: 'Which film shall we watch?',
      is_anonymous: false,
    });
    expect(poll.poll?.options).toHaveLength(5);
    expect(poll.buttons.map(({ text }) => text)).toEqual(['End the vote']);
  });

  it('is ended by its button, for the one who began', async () => {
    const { telegram, find, poll, keeper, nights } = await voting();
    telegram.vote(poll, [0, 1, 2]);
    telegram.press(poll, 'End the vote', { from: BEN, chat: GROUP });
    await telegram.until(() =>
      telegram
        .of('answerCallbackQuery')
        .find(({ payload }) => String(payload.text).startsWith('Only the one')),
    );
    expect(telegram.of('stopPoll')).toEqual([]);
    telegram.press(poll, 'End the vote', { chat: GROUP });
    await find(({ text }) => text.includes('it is, with 2 of 3 votes.'));
    expect(telegram.of('stopPoll')[0]?.payload).toMatchObject({ chat_id: GROUP.id, message_id: poll.id });
    const ended = await find((shown) => shown.poll?.is_closed === true);
    expect(ended.buttons.map(({ text }) => text)).toEqual(['🏆']);
    while ((await nights.get(1))?.ends !== undefined) await new Promise(setImmediate);
    const sent = telegram.of('sendMessage').length;
    await keeper(Date.now() + 10 * 60_000).look();
    expect(telegram.of('sendMessage')).toHaveLength(sent);
  });

  it('is ended by its time, and told in the group', async () => {
    const { telegram, poll, keeper } = await voting();
    telegram.vote(poll, [3, 0, 2]);
    await keeper(Date.now() + HOUR).look();
    const told = telegram.shown(GROUP.id).at(-1);
    expect(told?.text).toContain('it is, with 3 of 5 votes.');
    await keeper(Date.now() + 2 * HOUR).look();
    expect(telegram.of('stopPoll')).toHaveLength(1);
  });

  it('still reads the votes of a poll that was stopped just before a crash', async () => {
    const { telegram, poll, keeper, adapter, nights } = await voting();
    telegram.vote(poll, [0, 0, 0, 1]);
    await adapter.endPoll!((await nights.get(1))!.poll!);
    await keeper(Date.now() + HOUR).look();
    expect(telegram.shown(GROUP.id).at(-1)?.text).toContain('it is, with 1 of 1 vote.');
  });

  it('goes on in the supergroup that the group has become, in the language of the group', async () => {
    const { telegram, nights, preferences } = await voting();
    await preferences.setLanguage(`telegram:${GROUP.id}`, 'de');
    const now = { id: -100_900, type: 'supergroup', title: 'Films' } as const;
    telegram.migrate(GROUP.id, now.id);
    telegram.say('', { chat: GROUP, more: { migrate_to_chat_id: now.id } });
    telegram.say('', { chat: now, more: { migrate_from_chat_id: GROUP.id } });
    telegram.say('/movienight@KindredTestBot', { chat: now });
    const shown = await telegram.until(() => telegram.shown(now.id)[0]);
    telegram.press(shown, 'Start the vote', { chat: now });
    await telegram.until(() => telegram.shown(now.id).find((each) => each.poll !== undefined));
    expect(await nights.get(1)).toMatchObject({ id: 1, chat: `telegram:${now.id}`, phase: 'voting' });
    expect(await preferences.language(`telegram:${now.id}`)).toBe('de');
    expect(await preferences.language(`telegram:${GROUP.id}`)).toBeUndefined();
  });

  it('is counted by us where the group takes no polls', async () => {
    const { telegram, films, find } = await proposed();
    telegram.fail('sendPoll', {
      code: 400,
      description: 'Bad Request: not enough rights to send polls to the chat',
    });
    telegram.press(films, 'Start the vote', { chat: GROUP });
    const ballot = await find(({ text }) => text === 'Which film shall we watch?');
    telegram.press(ballot, 'Score One', { from: BEN, chat: GROUP });
    const counted = await find(({ text }) => text.includes('1 vote so far.'));
    telegram.press(counted, 'End the vote', { chat: GROUP });
    await find(({ text }) => text.includes('Score One it is, with 1 of 1 vote.'));
  });

  it('that may not write any more is shown by the button, which brings nobody’s id into the log', async () => {
    const { telegram, poll, keeper, find, logged } = await voting();
    telegram.vote(poll, [0, 1]);
    telegram.fail('sendMessage', {
      code: 403,
      description: 'Forbidden: bot was kicked from the supergroup chat',
    });
    await keeper(Date.now() + HOUR).look();
    telegram.press(poll, 'End the vote', { from: BEN, chat: GROUP });
    await find(({ text }) => text.includes(' won.'));
    expect(logged()).not.toMatch(/70000[12]|100500/u);
  });
});
