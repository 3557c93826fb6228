import { describe, expect, test } from 'vitest';
import { aNightBot } from '../../fixtures/night-bot.ts';
import { payload, press } from './samples.ts';
import { connected, type Setup } from './setup.ts';

const ANN = '400000000000000001';
const BEN = '400000000000000002';
const CLEO = '400000000000000003';
const CHANNEL = '500000000000000001';
const HOUR = 3_600_000;

function asked() {
  const recorded = payload('command', { locale: 'en-US' }) as unknown as { data: object };
  const data = { ...recorded.data, name: 'movienight', options: [] };
  return { ...recorded, data } as unknown as ReturnType<typeof payload>;
}

function idOf(body: unknown, label: string): string {
  const found = new RegExp(`"label":"${label}","custom_id":"([^"]+)"`, 'u').exec(JSON.stringify(body));
  if (!found) throw new Error(`no button ${label} in ${JSON.stringify(body)}`);
  return found[1]!;
}

/** The real commands beside the real discord.js. */
async function aWorld() {
  let setup: Setup | undefined;
  const house = await aNightBot({ endPoll: async (_chat, poll) => setup?.adapter.endPoll?.(poll) });
  setup = await connected(house.bot);
  const { fake, adapter } = setup;
  const pressed = async (label: string, body: unknown, by = ANN, message?: object) => {
    const interaction = press(idOf(body, label), by) as unknown as { message: object };
    const talk = fake.interact({
      ...interaction,
      locale: 'en-US',
      message: { ...interaction.message, ...message },
    } as unknown as ReturnType<typeof payload>);
    return { talk, call: await talk.call(1) };
  };
  const keeper = (at: number) =>
    house.keeper(
      {
        serves: () => true,
        post: (place, reply) => adapter.post!(place, reply),
        endPoll: async (_chat, poll) => adapter.endPoll!(poll),
      },
      at,
    );
  return { ...house, ...setup, house, pressed, keeper };
}

async function voting() {
  const world = await aWorld();
  const lobby = (await world.fake.interact(asked()).call(1)).body;
  await world.pressed('Join', lobby, BEN);
  const films = (await world.pressed('Propose five films', lobby)).call.body;
  const { talk } = await world.pressed('Start the vote \\(1 hour\\)', films);
  const sent = await talk.call(2);
  return { ...world, lobby, films, sent, talk };
}

/** Resolves when the bot has heard where its poll stands. */
async function polled({ house, fake }: Awaited<ReturnType<typeof voting>>): Promise<string> {
  while ((await house.nights.get(1))?.poll === undefined) await new Promise(setImmediate);
  return fake.channels.polls[0]!;
}

describe('a movie night on Discord', () => {
  test('takes two who join at the same moment, by the names people have there', async () => {
    const { fake, pressed, nights } = await aWorld();
    const lobby = (await fake.interact(asked()).call(1)).body;
    const [first, second] = await Promise.all([pressed('Join', lobby, BEN), pressed('Join', lobby, CLEO)]);
    expect([first.call.body.type, second.call.body.type]).toEqual([7, 7]);
    expect(await nights.members(1)).toHaveLength(3);
    expect(JSON.stringify([first.call.body, second.call.body])).toContain('3 people take part');
    expect(fake.violations).toEqual([]);
  });

  test('has a native poll in a message of its own, with a button of the first kind', async () => {
    const world = await voting();
    const { fake, talk, sent } = world;
    expect(talk.calls[0]!.body).toEqual({ type: 6 });
    expect(sent).toMatchObject({ kind: 'follow-up' });
    expect(sent.body).toEqual({
      poll: {
        question: { text: 'Which film shall we watch?' },
        answers: expect.any(Array),
        duration: 1,
        allow_multiselect: false,
      },
      components: [
        {
          type: 1,
          components: [{ type: 2, style: 2, label: 'End the vote', custom_id: expect.any(String) }],
        },
      ],
      allowed_mentions: { parse: [] },
    });
    expect(sent.body.poll.answers[0]).toEqual({ poll_media: { text: 'Score Two' } });
    expect(await polled(world)).toMatch(new RegExp(`^${CHANNEL}/\\d+$`, 'u'));
    expect(fake.violations).toEqual([]);
  });

  test('is ended by its button: the poll expires, and the winner is told to all', async () => {
    const world = await voting();
    const { fake, sent, pressed, house, keeper } = world;
    const poll = await polled(world);
    fake.channels.vote(poll, [0, 2, 1]);
    const refused = await pressed('End the vote', sent.body, BEN, fake.channels.message(poll));
    expect(refused.talk.original).toMatchObject({ ephemeral: true });
    const told = await pressed('End the vote', sent.body, ANN, fake.channels.message(poll));
    expect(JSON.stringify(told.call.body)).toContain('it is, with 2 of 3 votes.');
    expect(told.talk.original).toMatchObject({ ephemeral: false });
    expect(fake.channels.message(poll)).toMatchObject({ poll: { results: { is_finalized: true } } });
    while ((await house.nights.get(1))?.ends !== undefined) await new Promise(setImmediate);
    await keeper(Date.now() + HOUR).look();
    expect(fake.channels.posts).toEqual([]);
    expect(fake.violations).toEqual([]);
  });

  test.each([
    ['still open', () => {}],
    [
      'over by itself',
      (world: Awaited<ReturnType<typeof voting>>, poll: string) => world.fake.channels.runOut(poll),
    ],
  ])('is ended by its time, with the poll %s, and told in the channel', async (_name, before) => {
    const world = await voting();
    const { fake, keeper } = world;
    const poll = await polled(world);
    fake.channels.vote(poll, [0, 0, 0, 0, 3]);
    before(world, poll);
    await keeper(Date.now() + HOUR).look();
    expect(fake.channels.posts).toHaveLength(1);
    expect(JSON.stringify(fake.channels.posts[0])).toContain('it is, with 3 of 3 votes.');
    expect(fake.channels.posts[0]!.channel).toBe(CHANNEL);
    expect(fake.violations).toEqual([]);
  });

  test('where the bot is no member of the channel, the button brings the votes along', async () => {
    const world = await voting();
    const { fake, sent, pressed, keeper, log } = world;
    const poll = await polled(world);
    fake.channels.closed.add(CHANNEL);
    fake.channels.vote(poll, [0, 0, 4]);
    await keeper(Date.now() + HOUR).look();
    expect(fake.channels.posts).toEqual([]);
    const told = await pressed('End the vote', sent.body, BEN, fake.channels.message(poll));
    expect(JSON.stringify(told.call.body)).toContain('it is, with 4 of 4 votes.');
    expect(log.join() + world.house.log.join()).not.toMatch(/[45]0000000000000000\d/u);
  });

  test('that may not post when it ended is shown by the button', async () => {
    const world = await voting();
    const { fake, sent, pressed, keeper } = world;
    const poll = await polled(world);
    fake.inject(/^\/channels\/\d+\/messages$/u, {
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    await keeper(Date.now() + HOUR).look();
    expect(fake.channels.posts).toEqual([]);
    const told = await pressed('End the vote', sent.body, BEN, fake.channels.message(poll));
    expect(JSON.stringify(told.call.body)).toContain(' won.');
    expect(told.talk.original).toMatchObject({ ephemeral: false });
  });

  test('is counted by us where Discord takes no poll', async () => {
    const world = await aWorld();
    const { fake, pressed } = world;
    const lobby = (await fake.interact(asked()).call(1)).body;
    const films = (await pressed('Propose five films', lobby)).call.body;
    fake.inject(/^\/webhooks\/\d+\/[^/]+$/u, {
      status: 403,
      body: { code: 50013, message: 'Missing Permissions' },
    });
    const { talk } = await pressed('Start the vote \\(1 hour\\)', films);
    const ballot = (await talk.call(2)).body;
    const counted = await pressed('2\\. Score One', ballot, BEN);
    expect(JSON.stringify(counted.call.body)).toContain('1 vote so far.');
    const told = await pressed('End the vote', ballot);
    expect(JSON.stringify(told.call.body)).toContain('Score One** it is, with 1 of 1 vote.');
    expect(fake.violations).toEqual([]);
  });
});
