/** The whole bot on the starter catalogue, with the real clients of both platforms: what people do with it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../adapters/discord/index.ts';
import { createTelegramAdapter } from '../../adapters/telegram/index.ts';
import type { Adapter } from '../../src/chat/adapter.ts';
import { limitedBot } from '../../src/chat/limited-bot.ts';
import { readConfig } from '../../src/config.ts';
import { type Core, openCore } from '../../src/core.ts';
import { createLog } from '../../src/log.ts';
import { botOn } from '../../src/main.ts';
import type { Conversation } from '../fakes/discord/conversation.ts';
import { FakeDiscord } from '../fakes/discord/index.ts';
import { ANNA, BEN, FakeTelegram, type Shown } from '../fakes/telegram.ts';
import { aReadyFolder } from '../fixtures/ready-folder.ts';
import { payload, press } from './discord/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindred-people-'));
const log = createLog({ level: 'fatal', secrets: [] });
let core: Core;

const open = () => openCore({ config: readConfig({ DATA_DIR: folder }), log });
beforeAll(async () => {
  await aReadyFolder(folder);
  core = await open();
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

interface Platform {
  readonly fake: { readonly violations: readonly unknown[]; stop(): Promise<void> };
  /** A new one for each start of the bot. */
  adapterOf(): Adapter;
}

/** Each test has a platform of its own with the bot on it, and the bot may break none of its rules. */
function onPlatform(start: () => Promise<Platform>) {
  let platform: Platform;
  let adapter: Adapter;
  const serve = async () => {
    adapter = platform.adapterOf();
    await adapter.start(limitedBot(botOn(core, log)));
  };
  beforeEach(async () => {
    platform = await start();
    await serve();
  });
  afterEach(async () => {
    await adapter.stop();
    await platform.fake.stop();
    expect(platform.fake.violations).toEqual([]);
  });
  /** The whole bot, on the same files. */
  const restart = async () => {
    await adapter.stop();
    await core.close();
    core = await open();
    await serve();
  };
  return { restart };
}

/** An id that is none any more: nobody's, damaged, from a version to come, or made up. */
const BAD_IDS = ['AAAA', 'nonsense', '🙂', 'BQAAAQEB', 'x'.repeat(64), ''.padEnd(100, 'Z')];

describe('on Discord', () => {
  let fake: FakeDiscord;
  const { restart } = onPlatform(async () => {
    fake = await FakeDiscord.start();
    const settings = { token: fake.token, apiUrl: fake.apiUrl };
    return { fake, adapterOf: () => createDiscordAdapter(settings, { log, posters: true }) };
  });

  const ask = (title: string, changes: Record<string, unknown> = {}): Promise<Drawn> =>
    drawn(
      fake.interact(
        payload('command', {
          locale: 'en-US',
          data: { name: 'similar', type: 1, options: [{ name: 'title', type: 3, value: title }] },
          ...changes,
        }),
      ),
    );
  const pressed = (id: string, by?: string) =>
    drawn(fake.interact({ ...press(id, by), locale: 'en-US' } as never));

  it('a film is answered with a list that can be turned, narrowed and followed', async () => {
    const list = await ask('inceptoin');
    expect(list.text).toContain('Because you like **Inception**');
    expect(list).toMatchObject({ type: 4, ephemeral: false });
    const second = await pressed(list.button('More'));
    expect(second).toMatchObject({ type: 7 });
    expect(second.text).toContain('Page 2 of');
    const narrowed = await pressed(list.option('hidden gems'));
    expect(narrowed).toMatchObject({ type: 7 });
    expect(narrowed.text).toContain('Filters: hidden gems');
    expect((await pressed(narrowed.button('Without filters'))).text).toBe(list.text);
    expect((await pressed(list.options[0]!.value)).type).toBe(4);
  });

  it('somebody else’s page is theirs to turn: a private note says so', async () => {
    const list = await ask('Inception');
    const refused = await pressed(list.button('More'), '400000000000000002');
    expect(refused).toMatchObject({ type: 4, ephemeral: true });
    expect(refused.text).toContain('somebody else’s question');
    expect((await pressed(list.options[0]!.value, '400000000000000002')).ephemeral).toBe(false);
  });

  it('a name of several films asks which, and only the asker may pick', async () => {
    const choices = await ask('the thing');
    const pick = [...choices.buttons, ...choices.options][0]!;
    const id = 'custom_id' in pick ? pick.custom_id : pick.value;
    expect(await pressed(id, '400000000000000002')).toMatchObject({ ephemeral: true });
    expect((await pressed(id)).text).toContain('Because you like **The Thing**');
  });

  it.each(BAD_IDS)('the id %j is answered politely, in private', async (id) => {
    const { text, ephemeral } = await pressed(id);
    expect(text).toMatch(/This button (?:no longer works|is from a newer version)/u);
    expect(ephemeral).toBe(true);
  });

  it('a list of before a restart works', async () => {
    const list = await ask('Inception');
    await restart();
    expect((await pressed(list.button('More'))).text).toContain('Page 2 of');
  });

  it('a burst of one person is told to wait, and nobody else is', async () => {
    const all = await Promise.all(Array.from({ length: 15 }, () => ask('Inception')));
    expect(all.filter(({ text }) => text.includes('One moment')).length).toBe(3);
    expect(all.every(({ ephemeral, text }) => ephemeral === text.includes('One moment'))).toBe(true);
    expect((await pressed(all[0]!.options[0]!.value, '400000000000000009')).text).toContain('Because you');
  });

  it('a title is completed from its second letter, with its year and an id that the command takes', async () => {
    const typed = async (value: string) => {
      const option = { name: 'title', type: 3, value, focused: true };
      const { body } = await fake
        .interact(payload('autocomplete', { data: { name: 'similar', type: 1, options: [option] } }))
        .call(1);
      return body.data.choices as { name: string; value: string }[];
    };
    expect(await typed('i')).toEqual([]);
    expect(await typed('')).toEqual([]);
    const [first] = await typed('incep');
    expect(first).toEqual({ name: 'Inception (2010)', value: expect.stringMatching(/^kindred:\d+$/u) });
    // What was picked before comes back as it was sent when the command is edited.
    expect(await typed(first!.value)).toEqual([first]);
    expect((await ask(first!.value)).text).toContain('Because you like **Inception**');
    // Enter came before the suggestion was picked.
    expect((await ask(first!.name)).text).toContain('Because you like **Inception**');
  });
});

describe('on Telegram', () => {
  let fake: FakeTelegram;
  const { restart } = onPlatform(async () => {
    fake = await FakeTelegram.start();
    const settings = { token: fake.token, apiUrl: fake.url };
    return { fake, adapterOf: () => createTelegramAdapter(settings, { log, posters: true }) };
  });

  const group = { id: -500, type: 'supergroup', title: 'Films' } as const;
  const next = async (act: () => unknown, chat: number) => {
    const before = fake.shown(chat).length;
    act();
    return fake.until(() => fake.shown(chat)[before]);
  };
  const ask = (text: string, chat: typeof group | undefined = undefined) =>
    next(() => fake.say(text, { ...(chat && { chat }) }), chat?.id ?? ANNA.id);
  const changed = async (shown: Shown, button: string) => {
    fake.press(shown, button);
    return fake.until(() =>
      fake.shown(shown.chat).find(({ id, html }) => id === shown.id && html !== shown.html),
    );
  };
  const link = (shown: Shown) => {
    const button = shown.buttons.find(({ text }) => text === 'Share this list');
    const shared = new URL((button as { url: string }).url).searchParams.get('url')!;
    return new URL(shared).searchParams.get('start')!;
  };

  it('a film is answered with a list that can be turned, narrowed and widened in place', async () => {
    const list = await ask('inceptoin');
    expect(list.text).toContain('Because you like Inception');
    const second = await changed(list, 'More');
    expect(second.text).toContain('Page 2 of');
    const narrowed = await changed(second, '+ hidden');
    expect(narrowed.text).toContain('Filters: hidden gems');
    expect((await changed(narrowed, 'Without')).text).toBe(list.text);
  });

  it('a reply narrows the list it answers, also one of a single page', async () => {
    const list = await ask('/similar inception decade:1950s runtime:60', group);
    expect(list.text).toContain('Filters:');
    expect(list.text).not.toContain('Page 1');
    const reply_to_message = {
      ...fake.message(list.text, { chat: group }),
      message_id: list.id,
      from: { id: 4242, is_bot: true, first_name: 'Kindred', username: 'KindredTestBot' },
      reply_markup: { inline_keyboard: [list.buttons] },
    };
    const refined = await next(
      () =>
        fake.say('but from the 80s', { chat: group, more: { reply_to_message: reply_to_message as never } }),
      group.id,
    );
    expect(refined.text).toContain('1980–1989');
    expect(refined.text).toContain('at most 60 min');
  });

  it('a shared list opens for anyone', async () => {
    const list = await ask('inception genre:drama');
    const opened = await next(() => fake.say(`/start ${link(list)}`, { from: BEN }), BEN.id);
    expect(opened.text).toBe(list.text);
  });

  it('a list of before a restart works', async () => {
    const list = await ask('Inception');
    await restart();
    expect((await changed(list, 'More')).text).toContain('Page 2 of');
  });

  it('somebody else’s page is theirs to turn: a private note says so', async () => {
    const list = await ask('/similar Inception', group);
    fake.press(list, 'More', { from: BEN, chat: group });
    const { payload: answer } = await fake.call('answerCallbackQuery');
    expect(answer).toMatchObject({ show_alert: true });
    expect(String(answer.text)).toContain('somebody else’s question');
    expect(fake.shown(group.id)).toEqual([list]);
  });

  it('a burst of one person in a group is told once to wait, however long it is', async () => {
    for (let count = 0; count < 30; count++) fake.say('/movie Inception', { chat: group });
    fake.say('/movie Alien', { chat: group, from: BEN });
    await fake.until(() => fake.shown(group.id).some(({ text }) => text.includes('Alien')));
    const shown = fake.shown(group.id).map(({ text }) => text);
    expect(shown.filter((text) => text.includes('One moment'))).toHaveLength(1);
    expect(shown.filter((text) => text.startsWith('Inception'))).toHaveLength(12);
  });
});

interface Drawn {
  readonly type: number;
  readonly ephemeral: boolean;
  readonly text: string;
  readonly buttons: readonly { label: string; custom_id: string }[];
  readonly options: readonly { label: string; value: string }[];
  button(label: string): string;
  option(label: string): string;
}

/** The first response as a person sees it. */
async function drawn(conversation: Conversation): Promise<Drawn> {
  const { body } = await conversation.call(1);
  const parts: Record<string, never>[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    parts.push(value as Record<string, never>);
    Object.values(value).forEach(walk);
  };
  walk(body.data);
  const buttons = parts.filter((part) => part.type === 2 && 'custom_id' in part) as never[];
  const options = parts.filter((part) => 'value' in part && 'label' in part) as never[];
  const idOf = (list: readonly { label: string }[], label: string, name: string): string =>
    (list.find((each) => each.label === label) as unknown as Record<string, string>)[name]!;
  return {
    type: body.type,
    ephemeral: ((body.data?.flags ?? 0) & 64) !== 0,
    text: parts
      .flatMap((part) => (part.content as string | undefined) ?? [])
      .join('\n')
      .replaceAll('\\', ''),
    buttons,
    options,
    button: (label) => idOf(buttons, label, 'custom_id'),
    option: (label) => idOf(options, label, 'value'),
  };
}
