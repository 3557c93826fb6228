import { readFileSync } from 'node:fs';
import type { APIInteraction } from 'discord-api-types/v10';
import type { Movie } from '../../src/catalogue/movie.ts';
import type { Conversation } from '../../test/fakes/discord/conversation.ts';
import { FakeDiscord } from '../../test/fakes/discord/index.ts';
import type { Answered, Crowd } from './load.ts';
import { type Question, question } from './questions.ts';

/** Milliseconds; only we still wait then, to know how long it takes. */
const OUR_PATIENCE = 20_000;
const PUT_OFF: ReadonlySet<number> = new Set([5, 6]);
const KEPT = 500;

/** A list somebody got, with what can be pressed under it. */
interface List {
  readonly asker: string;
  readonly page: string | undefined;
  readonly pick: string | undefined;
}

/** People on Discord: each in a channel of their own, at a gateway that keeps nothing. */
export class DiscordCrowd implements Crowd {
  readonly platform = 'Discord';
  /** Then Discord gives up on an interaction. */
  readonly patience = 3000;
  readonly fake: FakeDiscord;
  readonly #movies: readonly Movie[];
  readonly #lists: List[] = [];
  #people = 0;

  static async gather(movies: readonly Movie[]): Promise<DiscordCrowd> {
    const fake = await FakeDiscord.start();
    fake.recording = false;
    return new DiscordCrowd(fake, movies);
  }

  private constructor(fake: FakeDiscord, movies: readonly Movie[]) {
    this.fake = fake;
    this.#movies = movies;
  }

  async ask(number: number): Promise<Answered> {
    const asked = question(number, this.#movies);
    const asker = String(400_000_000_000_000_000n + BigInt(++this.#people));
    const pressed = asked.what === 'page' || asked.what === 'pick' ? this.#lists.shift() : undefined;
    const id = asked.what === 'page' ? pressed?.page : pressed?.pick;
    const payload = id
      ? press(id, pressed!.asker, asker)
      : typed(asked.what === 'page' || asked.what === 'pick' ? question(0, this.#movies) : asked, asker);
    const began = performance.now();
    const conversation = this.fake.interact(payload);
    const call = await soon(conversation.call(1), OUR_PATIENCE);
    const milliseconds = performance.now() - began;
    if (call && !PUT_OFF.has(call.body.type)) this.#keep(conversation, pressed?.asker ?? asker);
    if (call) this.fake.forget(conversation);
    return { what: asked.what, ...(call && { milliseconds, atOnce: !PUT_OFF.has(call.body.type) }) };
  }

  #keep({ calls }: Conversation, asker: string): void {
    const drawn = JSON.stringify(calls[0]?.body.data ?? {});
    const page = /"label":"More","custom_id":"([^"]+)"|"custom_id":"([^"]+)","label":"More"/u.exec(drawn);
    const pick = /"value":"([\w-]{10,64})"/u.exec(drawn);
    if (page) this.#lists.push({ asker, page: page[1] ?? page[2], pick: pick?.[1] });
    if (this.#lists.length > KEPT) this.#lists.shift();
  }
}

function recorded(name: string): Record<string, object> {
  const file = new URL(`../../test/fixtures/discord/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

const COMMAND = recorded('command');
const TYPING = recorded('autocomplete');
const PRESS = recorded('button');

function from(payload: Record<string, object>, asker: string, data: object, more = {}): APIInteraction {
  const member = payload.member as { user: object };
  const channel = { ...payload.channel, id: asker.replace(/^4/u, '5') };
  return {
    ...payload,
    locale: 'en-US',
    channel,
    channel_id: channel.id,
    member: { ...member, user: { ...member.user, id: asker } },
    data: { ...payload.data, ...data },
    ...more,
  } as unknown as APIInteraction;
}

function typed(asked: Question, asker: string): APIInteraction {
  const options = (name: string, value: string, focused?: boolean) => ({
    options: [{ name, type: 3, value, ...(focused && { focused }) }],
  });
  switch (asked.what) {
    case 'typing':
      return from(TYPING, asker, { name: 'similar', ...options('title', asked.typed, true) });
    case 'plot':
      return from(COMMAND, asker, { name: 'plot', ...options('text', asked.text) });
    case 'similar':
    case 'movie':
      return from(COMMAND, asker, { name: asked.what, ...options('title', asked.title) });
    default:
      throw new Error('nothing is typed for a press');
  }
}

function press(id: string, asker: string, message: string): APIInteraction {
  const recordedMessage = PRESS.message as object;
  return from(PRESS, asker, { custom_id: id }, { message: { ...recordedMessage, id: message } });
}

async function soon<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
