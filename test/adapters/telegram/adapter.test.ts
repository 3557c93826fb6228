import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { createTelegramAdapter } from '../../../adapters/telegram/index.ts';
import { UserError } from '../../../src/chat/errors.ts';
import { createLog } from '../../../src/log.ts';
import { LANGUAGES } from '../../../src/messages/languages.ts';
import { say } from '../../../src/messages/message.ts';
import { ANNA, BEN, type Shown } from '../../fakes/telegram.ts';
import { type World, world } from './world.ts';

const CLUB = { id: -100777, type: 'supergroup', title: 'Film club' } as const satisfies Message['chat'];
const FORUM = { ...CLUB, is_forum: true } as const;

/** The first message that stands in a chat, or the one after `index` others. */
function shownIn({ telegram }: World, chat: number, index = 0): Promise<Shown> {
  return telegram.until(() => telegram.shown(chat)[index]);
}

async function listFor(here: World, text = 'inception'): Promise<Shown> {
  const { chat } = here.telegram.say(text);
  return shownIn(here, chat.id);
}

describe('a conversation', () => {
  it('answers plain words in a private chat with one message', async () => {
    await using here = await world();
    const shown = await listFor(here);
    expect(shown.text).toContain('1. Film 1 (2001) · 50 %');
    expect(shown.buttons.map((button) => button.text)).toEqual(['1', '2', 'More']);
    expect(shown.replyTo).toBeUndefined();
  });

  it('answers a command in a group as a reply, and in a topic there', async () => {
    await using here = await world();
    const asked = here.telegram.say('/similar@KindredTestBot inception', { chat: CLUB });
    const inTopic = here.telegram.say('/similar inception', {
      chat: FORUM,
      more: { is_topic_message: true, message_thread_id: 9 },
    });
    expect(await shownIn(here, CLUB.id)).toMatchObject({ replyTo: asked.message_id });
    expect(await shownIn(here, CLUB.id, 1)).toMatchObject({ replyTo: inTopic.message_id, thread: 9 });
  });

  it('answers /start with help, and a deep link with what its button opens', async () => {
    await using here = await world();
    const list = await listFor(here);
    const more = list.buttons.find((button) => button.text === 'More');
    here.telegram.say(`/start ${more && 'callback_data' in more && more.callback_data}`);
    expect((await shownIn(here, ANNA.id, 1)).text).toContain('3. Film 3');
    here.telegram.say('/start');
    expect((await shownIn(here, ANNA.id, 2)).text).toContain('What I understand');
  });

  it('turns pages in place, and answers the press', async () => {
    await using here = await world();
    const list = await listFor(here);
    const query = here.telegram.press(list, 'More');
    const turned = await here.telegram.until(() =>
      here.telegram.shown(ANNA.id).find((each) => each.html !== list.html),
    );
    expect(turned).toMatchObject({ id: list.id, text: expect.stringContaining('3. Film 3') });
    const { payload } = await here.telegram.call('answerCallbackQuery');
    expect(payload).toEqual({ callback_query_id: query });
  });

  it('answers a Similar button with a message of its own', async () => {
    await using here = await world();
    const list = await listFor(here);
    here.telegram.press(list, '2');
    expect((await shownIn(here, ANNA.id, 1)).id).not.toBe(list.id);
  });

  it('follows a group that has become a supergroup', async () => {
    await using here = await world();
    const old = { id: -777, type: 'group', title: 'Film club' } as const;
    here.telegram.migrate(old.id, CLUB.id);
    here.telegram.say('/similar inception', { chat: old });
    expect((await shownIn(here, CLUB.id)).text).toContain('Film 1');
  });

  it('sends the list without its poster where Telegram does not like the address', async () => {
    await using here = await world({
      answering: async () => ({
        blocks: [
          {
            kind: 'card',
            movie: {
              ...(await import('../../fixtures/movies.ts')).inception,
              poster: 'https://a.example/x.jpg',
            },
            actions: [],
            links: [],
          },
        ],
      }),
    });
    here.telegram.fail('sendMessage', { code: 400, description: 'Bad Request: WEBPAGE_URL_INVALID' });
    const shown = await listFor(here);
    expect(shown.preview).toBeUndefined();
    expect(shown.text).toContain('Inception (2010)');
  });
});

describe('a press', () => {
  it('by somebody else gets a short private note, and changes nothing', async () => {
    await using here = await world();
    here.telegram.say('/similar inception', { chat: CLUB });
    const list = await shownIn(here, CLUB.id);
    here.telegram.press(list, 'More', { from: BEN, chat: CLUB });
    const { payload } = await here.telegram.call('answerCallbackQuery');
    expect(payload).toMatchObject({
      show_alert: true,
      text: expect.stringMatching(/^This button belongs to somebody/u),
    });
    here.telegram.press(list, '1', { from: BEN, chat: CLUB });
    await shownIn(here, CLUB.id, 1);
    expect(here.telegram.shown(CLUB.id)[0]).toEqual(list);
  });

  it('twice does one thing', async () => {
    await using here = await world();
    const list = await listFor(here);
    here.telegram.press(list, '1');
    here.telegram.press(list, '1');
    await here.telegram.call('answerCallbackQuery', 1);
    await shownIn(here, ANNA.id, 1);
    here.telegram.say('once more');
    await shownIn(here, ANNA.id, 2);
    expect(here.telegram.of('sendMessage')).toHaveLength(3);
  });

  it.each(['AAAA', 'nonsense', 'AQAAAQEB', '🙂', 'BQAAAQEB'])(
    'on a damaged or forged button is explained: %s',
    async (id) => {
      await using here = await world();
      const list = await listFor(here);
      here.telegram.press(list, id);
      const { payload } = await here.telegram.call('answerCallbackQuery');
      expect(payload).toMatchObject({
        show_alert: true,
        text: expect.stringContaining('Ask again with /similar'),
      });
    },
  );

  it('on a message that is gone, or too old, brings a new one', async () => {
    await using here = await world();
    const list = await listFor(here);
    here.telegram.deleteMessage(list);
    here.telegram.press(list, 'More');
    expect((await shownIn(here, ANNA.id)).text).toContain('3. Film 3');
    const more = list.buttons.find((button) => button.text === 'More') as { callback_data: string };
    const chat = { id: ANNA.id, type: 'private', first_name: 'Anna' } as const;
    const message = { chat, message_id: 3, date: 0 } as const;
    here.telegram.push({
      callback_query: { id: 'old', from: BEN, message, chat_instance: '1', data: more.callback_data },
    });
    here.telegram.push({
      callback_query: { id: 'old2', from: ANNA, message, chat_instance: '1', data: more.callback_data },
    });
    expect((await shownIn(here, ANNA.id, 1)).text).toContain('3. Film 3');
  });

  it('that takes long is answered first, and the answer comes later', async () => {
    const held = Promise.withResolvers<void>();
    await using here = await world({
      timing: { slow: 20 },
      answering: async (title) => (title === 'kindred:1' ? held.promise.then(() => undefined) : undefined),
    });
    const list = await listFor(here);
    here.telegram.press(list, '1');
    expect((await here.telegram.call('answerCallbackQuery')).payload).not.toHaveProperty('text');
    expect((await here.telegram.call('sendChatAction')).payload).toEqual({
      chat_id: ANNA.id,
      action: 'typing',
    });
    held.resolve();
    await shownIn(here, ANNA.id, 1);
  });

  it('that is refused with a way on shows it as a message', async () => {
    await using here = await world({
      answering: async (title) => {
        if (title !== 'kindred:1') return undefined;
        const on = { label: say('similar.withoutFilters'), run: { command: 'help', args: {} } } as const;
        throw new UserError(say('error.gone'), [{ ...on, for: 'asker', opens: 'here' }]);
      },
    });
    const list = await listFor(here);
    here.telegram.press(list, '1');
    expect((await shownIn(here, ANNA.id, 1)).buttons).toHaveLength(1);
  });
});

describe('inline mode', () => {
  it('offers films by page, and posts a card whose button works for anyone, in place', async () => {
    await using here = await world();
    here.telegram.search('film');
    const { payload } = await here.telegram.call('answerInlineQuery');
    expect(payload).toMatchObject({ next_offset: '10', is_personal: true });
    const results = payload.results as {
      title: string;
      reply_markup: { inline_keyboard: { callback_data: string }[][] };
    }[];
    expect(results.map((each) => each.title).slice(0, 2)).toEqual(['Film 1 (2001)', 'Film 2 (2002)']);
    here.telegram.search('film', '10');
    const second = (await here.telegram.call('answerInlineQuery', 1)).payload;
    expect(second).toMatchObject({ next_offset: '' });
    expect(second.results).toHaveLength(10);
    here.telegram.pressInline(
      'inline-7',
      results[0]!.reply_markup.inline_keyboard[0]![0]!.callback_data,
      BEN,
    );
    const edited = await here.telegram.call('editMessageText');
    expect(edited.payload).toMatchObject({
      inline_message_id: 'inline-7',
      text: expect.stringContaining('Film 1'),
    });
  });
});

describe('at start', () => {
  it('publishes menus and descriptions once, and not again', async () => {
    await using here = await world();
    await here.telegram.call('setMyShortDescription', LANGUAGES.length - 1);
    expect(here.telegram.of('setMyCommands')).toHaveLength(2 * LANGUAGES.length);
    await here.adapter.stop();
    const again = createTelegramAdapter(
      { token: here.telegram.token, apiUrl: here.telegram.url },
      { log: createLog({ level: 'fatal', secrets: [] }), posters: true },
    );
    await again.start(here.bot);
    await here.telegram.call('getMyShortDescription', 2 * LANGUAGES.length - 1);
    await again.stop();
    expect(here.telegram.of('setMyCommands')).toHaveLength(2 * LANGUAGES.length);
    expect(here.telegram.of('setMyDescription')).toHaveLength(LANGUAGES.length);
  });
});
