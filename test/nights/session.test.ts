import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SealedReply } from '../../src/chat/reply.ts';
import { reasonMessage } from '../../src/messages/reason-words.ts';
import { Wording } from '../../src/messages/wording.ts';
import { aNightBot, inGroup, type NightBot } from '../fixtures/night-bot.ts';
import { asking, buttonOf, wordsOf } from '../fixtures/taste-bot.ts';
import { gave, saw } from '../recommender/personal/opinions.ts';

const HOUR = 3_600_000;

/** Anna begins, Ben joins. */
async function gathered(house?: NightBot) {
  const { bot, ...rest } = house ?? (await aNightBot());
  const anna = inGroup(bot, 'Anna');
  const ben = inGroup(bot, 'Ben');
  const lobby = await ben.press(buttonOf(await anna.type('/movienight'), 'Join'));
  return { bot, ...rest, anna, ben, lobby };
}

async function proposed(house?: NightBot) {
  const night = await gathered(house);
  return { ...night, films: await night.anna.press(buttonOf(night.lobby, 'Propose five films')) };
}

async function voting(house?: NightBot) {
  const night = await proposed(house);
  const poll = await night.anna.press(buttonOf(night.films, 'Start the vote (1 hour)'));
  await night.bot.polled(pollOf(poll).night, 'channel/poll');
  return { ...night, poll, end: pollOf(poll).end };
}

function itemsOf(reply: SealedReply) {
  return reply.blocks.flatMap((block) => (block.kind === 'results' ? block.items : []));
}

function pollOf(reply: SealedReply) {
  const [poll] = reply.blocks;
  if (poll?.kind !== 'poll') throw new Error('no poll');
  return poll;
}

const titlesOf = (reply: SealedReply) => itemsOf(reply).map(({ movie }) => movie.title);
const reasonsOf = (reply: SealedReply) =>
  itemsOf(reply)
    .flatMap(({ reasons }) => reasons.map((reason) => new Wording().text(reasonMessage(reason))))
    .join('\n');
const lineOf = (reply: SealedReply, at: number) => wordsOf(reply).split('\n')[at];

describe('gathering', () => {
  it('shows who takes part, with their moods, in place of the message', async () => {
    const { ben, lobby } = await gathered();
    expect(lineOf(lobby, 1)).toBe('2 people take part: Anna and Ben.');
    expect(lobby.replaces).toBe(true);
    const laughing = await ben.press(buttonOf(lobby, '😄 Laugh'));
    expect(lineOf(laughing, 1)).toBe('2 people take part: Anna and Ben (😄 Laugh).');
    const again = await ben.press(buttonOf(laughing, '😄 Laugh'));
    expect(lineOf(again, 1)).toBe('2 people take part: Anna and Ben.');
    expect(lineOf(await ben.press(buttonOf(again, 'Leave')), 1)).toBe('1 person takes part: Anna.');
  });

  it('loses nobody who presses at the same moment, and has who presses twice once', async () => {
    const { bot, lobby, nights } = await gathered();
    const join = buttonOf(lobby, 'Join');
    const names = ['Cleo', 'Dora', 'Emil', 'Cleo'];
    await Promise.all(names.map((name) => inGroup(bot, name).press(join)));
    const members = await nights.members(1);
    expect(members.map(({ name }) => name).toSorted()).toEqual(['Anna', 'Ben', 'Cleo', 'Dora', 'Emil']);
  });

  it('is shown again to who asks again; what they wish for counts', async () => {
    const { bot } = await gathered();
    const shown = await inGroup(bot, 'Cleo').type('/movienight in space decade:80s');
    expect(wordsOf(shown)).toContain('3 people take part: Anna, Ben, and Cleo.');
    expect(wordsOf(shown)).toContain('Cleo: in space and 1980–1989');
    expect(lineOf(await inGroup(bot, 'Dora').type('/movienight'), 1)).toMatch(/^3 people/u);
  });

  it('keeps the language it began in, whoever presses', async () => {
    const { bot } = await aNightBot();
    const lobby = await inGroup(bot, 'Ana', { locale: 'es' }).type('/movienight');
    const joined = await inGroup(bot, 'Ben').press(buttonOf(lobby, 'Unirme'));
    expect(joined.language).toBe('es');
  });

  it('counts people without names where there are none, and takes nobody who has no account', async () => {
    const { bot } = await aNightBot();
    const { name: _name, ...nameless } = { name: undefined };
    const anna = inGroup(bot, 'Anna');
    const lobby = await bot.handle({
      ask: { kind: 'text', text: '/movienight' },
      asker: 'discord:Anna',
      chat: { kind: 'group', key: 'discord:channel' },
      ...nameless,
    });
    expect(lineOf(lobby, 1)).toBe('1 person takes part.');
    const refused = await bot.handle({
      ask: { kind: 'button', id: buttonOf(lobby, 'Join').id },
      chat: { kind: 'group', key: 'discord:channel' },
    });
    expect(refused).toMatchObject({ refused: true });
    expect(wordsOf(await anna.type('/movienight'))).toContain('1 person');
  });
});

describe('the proposal', () => {
  it('has five films for people who never rated anything: the best known', async () => {
    const { films } = await proposed();
    expect(titlesOf(films)).toHaveLength(5);
    expect(films.replaces).toBe(true);
    expect(reasonsOf(films)).not.toMatch(/liked/u);
  });

  it('has none that one of them saw', async () => {
    const house = await aNightBot();
    const before = titlesOf((await proposed(house)).films);
    await house.nights.finish(1);
    await house.opinions.put('discord:Ben', saw(12));
    const { films } = await proposed(house);
    expect(before).toContain('Score Two');
    expect(titlesOf(films)).not.toContain('Score Two');
    expect(titlesOf(films)).toHaveLength(5);
  });

  it('has films between what one likes and what the other does', async () => {
    const house = await aNightBot();
    await house.opinions.put('discord:Anna', gave(1, 5));
    await house.opinions.put('discord:Ben', gave(4, 5));
    expect(
      titlesOf((await proposed(house)).films)
        .slice(0, 2)
        .toSorted(),
    ).toEqual(['Star Kiss One', 'Star Kiss Two']);
  });

  it('names films only of those who allowed it', async () => {
    const house = await aNightBot();
    await house.opinions.put('discord:Anna', gave(1, 5));
    await house.opinions.put('discord:Ben', gave(4, 5));
    const { anna, ben, lobby, films } = await proposed(house);
    expect(reasonsOf(films)).not.toMatch(/Star One|Kiss One/u);
    await anna.press(buttonOf(films, 'Gather again'));
    await ben.press(buttonOf(lobby, 'Join, and my films may be named'));
    const open = await anna.press(buttonOf(lobby, 'Propose five films'));
    expect(reasonsOf(open)).toContain('Because one of you liked Kiss One');
    expect(reasonsOf(open)).not.toContain('Star One');
    // Joining without it takes it back.
    await anna.press(buttonOf(open, 'Gather again'));
    await ben.press(buttonOf(lobby, 'Join'));
    expect(reasonsOf(await anna.press(buttonOf(lobby, 'Propose five films')))).not.toContain('Kiss One');
  });

  it('has others where others are asked for, as far as there are any', async () => {
    const { anna, films } = await proposed();
    const others = titlesOf(await anna.press(buttonOf(films, 'Five others')));
    expect(others).toHaveLength(5);
    expect(others.filter((title) => titlesOf(films).includes(title))).toEqual([]);
  });

  it('goes by what the night began with where the moods leave too little', async () => {
    const { anna, ben, lobby } = await gathered();
    await ben.press(buttonOf(lobby, '👻 Be scared'));
    await anna.press(buttonOf(lobby, '👻 Be scared'));
    const films = await anna.press(buttonOf(lobby, 'Propose five films'));
    expect(titlesOf(films)).toHaveLength(5);
    expect(wordsOf(films)).toContain('Your moods together left too few films');
  });

  it('is for the one who began to ask for', async () => {
    const { ben, lobby } = await gathered();
    const refused = await ben.press(buttonOf(lobby, 'Propose five films'));
    expect(refused).toMatchObject({ refused: true, onlyForAsker: true });
    expect(wordsOf(refused)).toMatch(/^Only the one who began/u);
  });
});

describe('a button', () => {
  it('of another chat’s night does nothing, nor does a forged one', async () => {
    const { bot, lobby, nights } = await gathered();
    const elsewhere = { chat: { kind: 'group', key: 'discord:other' } } as const;
    const eve = inGroup(bot, 'Eve', elsewhere);
    expect(wordsOf(await eve.press(buttonOf(lobby, 'Join')))).toBe(
      'That movie night belongs to another chat.',
    );
    const call = (args: Record<string, string>) =>
      bot.handle({
        ask: { kind: 'command', command: 'movienight', args },
        asker: 'discord:Eve',
        chat: { kind: 'group', key: 'discord:channel' },
      });
    for (const args of [
      { night: '99', step: 'join' },
      { night: '1', step: 'destroy' },
      { night: '1' },
      { night: '1', step: 'mood', picked: 'evil' },
      { night: '1', step: 'vote', film: '4' },
      { night: '1', step: 'end' },
      { night: '1', step: 'cancel' },
      { night: '1', step: 'startVote' },
    ])
      expect(await call(args), JSON.stringify(args)).toMatchObject({ refused: true });
    expect(await nights.get(1)).toMatchObject({ phase: 'gathering' });
    expect(await nights.members(1)).toHaveLength(2);
  });

  it('of an earlier part is told so', async () => {
    const { ben, lobby } = await proposed();
    expect(wordsOf(await ben.press(buttonOf(lobby, 'Join')))).toMatch(/^That was for an earlier part/u);
  });
});

describe('the vote', () => {
  it('is a poll of its own, once, however often the button is pressed', async () => {
    const { anna, films } = await proposed();
    const start = buttonOf(films, 'Start the vote (1 hour)');
    const both = await Promise.all([anna.press(start), anna.press(start)]);
    expect(both.map(({ refused }) => refused).toSorted()).toEqual([false, true]);
    const poll = pollOf(both.find(({ refused }) => !refused)!);
    expect(poll).toMatchObject({ night: 1, hours: 1 });
    expect(poll.choices.map(({ movie }) => movie.title)).toEqual(titlesOf(films));
  });

  it('is ended by the one who began, and its winner told with a card', async () => {
    const house = await aNightBot({ endPoll: async () => [0, 1, 2, 0, 0] });
    const { anna, ben, end, films } = await voting(house);
    expect(await ben.press(end)).toMatchObject({ refused: true });
    const told = await anna.press(end);
    expect(wordsOf(told)).toBe(`${titlesOf(films)[2]} it is, with 2 of 3 votes.`);
    expect(told.blocks[1]).toMatchObject({ kind: 'card', movie: { title: titlesOf(films)[2] } });
    const again = await ben.press(end);
    expect(again).toMatchObject({ onlyForAsker: true, note: 'important' });
    expect(wordsOf(again)).toBe(`${titlesOf(films)[2]} won.`);
  });

  it('takes the votes from the pressed message where the poll cannot be ended', async () => {
    const { anna, end, films } = await voting();
    expect(wordsOf(await anna.press(end))).toMatch(/^I cannot read the votes/u);
    expect(wordsOf(await anna.press(end, { poll: [0, 0, 0, 0, 1] }))).toBe(
      `${titlesOf(films)[4]} it is, with 1 of 1 vote.`,
    );
  });

  it('is counted by us where there is no poll, the last vote of each', async () => {
    const {
      anna,
      ben,
      films,
      poll: _poll,
      ...night
    } = await (async () => {
      const night = await proposed();
      const poll = await night.anna.press(buttonOf(night.films, 'Start the vote (1 hour)'));
      return { ...night, poll, choices: pollOf(poll).choices, end: pollOf(poll).end };
    })();
    await ben.press(night.choices[1]!.pick);
    const counted = await ben.press(night.choices[3]!.pick);
    expect(wordsOf(counted)).toBe('Which film shall we watch?\n1 vote so far.');
    await anna.press(night.choices[3]!.pick);
    expect(wordsOf(await anna.press(night.end))).toBe(`${titlesOf(films)[3]} it is, with 2 of 2 votes.`);
  });

  it('has no votes beside those of its poll: nobody votes twice', async () => {
    const house = await aNightBot({ endPoll: async () => [1, 0, 0, 0, 0] });
    const { anna, ben, poll, end, films } = await voting(house);
    const voted = await ben.press(pollOf(poll).choices[3]!.pick);
    expect(voted).toMatchObject({ refused: true, onlyForAsker: true });
    expect(await house.nights.votes(1)).toEqual(new Map());
    expect(wordsOf(await anna.press(end))).toBe(`${titlesOf(films)[0]} it is, with 1 of 1 vote.`);
  });

  it('ended by its time is told in the chat, once', async () => {
    const house = await aNightBot();
    const { films } = await voting(house);
    const posted: [unknown, string][] = [];
    const asked: string[] = [];
    const desk = {
      serves: () => true,
      async endPoll(_chat: string, poll: string) {
        asked.push(poll);
        return [0, 4, 0, 0, 0];
      },
      async post(place: unknown, reply: SealedReply) {
        posted.push([place, wordsOf(reply)]);
        return true;
      },
    };
    await house.keeper(desk, Date.now()).look();
    expect(asked).toEqual([]);
    const later = house.keeper(desk, Date.now() + HOUR);
    await Promise.all([later.look(), later.look(), house.keeper(desk, Date.now() + HOUR).look()]);
    expect(posted).toEqual([
      [{ chat: 'discord:channel' }, `${titlesOf(films)[1]} it is, with 4 of 4 votes.`],
    ]);
  });

  it('that cannot be told there is shown by its button, to all the first time', async () => {
    const house = await aNightBot();
    const { ben, end, films } = await voting(house);
    const desk = { serves: () => true, endPoll: async () => [1, 0, 0, 0, 0], post: async () => false };
    await house.keeper(desk, Date.now() + HOUR).look();
    const told = await ben.press(end);
    expect(wordsOf(told)).toBe(`${titlesOf(films)[0]} won.`);
    expect(told.onlyForAsker).toBeUndefined();
    expect(await ben.press(end)).toMatchObject({ onlyForAsker: true });
  });

  it('whose poll cannot be read at its time waits for its button, which anybody may press then', async () => {
    const house = await aNightBot();
    const { ben, end, films } = await voting(house);
    let asked = 0;
    const desk = {
      serves: () => true,
      async endPoll() {
        asked += 1;
        return undefined;
      },
      post: async () => true,
    };
    const keeper = house.keeper(desk, Date.now() + HOUR);
    await keeper.look();
    await keeper.look();
    expect(asked).toBe(1);
    expect(wordsOf(await ben.press(end, { poll: [0, 2, 0, 0, 0] }))).toBe(
      `${titlesOf(films)[1]} it is, with 2 of 2 votes.`,
    );
  });

  it('is tried again after an outage', async () => {
    const house = await aNightBot();
    await voting(house);
    const posted: string[] = [];
    let down = true;
    const desk = {
      serves: () => true,
      async endPoll() {
        if (down) throw new Error('out of reach');
        return [1, 0, 0, 0, 0];
      },
      async post(_place: unknown, reply: SealedReply) {
        posted.push(wordsOf(reply));
        return true;
      },
    };
    await house.keeper(desk, Date.now() + HOUR).look();
    down = false;
    await house.keeper(desk, Date.now() + HOUR).look();
    expect(posted).toEqual([]);
    await house.keeper(desk, Date.now() + HOUR + 60_000).look();
    expect(posted).toHaveLength(1);
  });
});

describe('a winner that is not told at once', () => {
  const reading = { serves: () => true, endPoll: async () => [0, 1, 0, 0, 0] };
  const counting = () => {
    let count = 0;
    const post = async () => {
      count += 1;
      return true;
    };
    return { back: { ...reading, post }, posts: () => count };
  };

  it('because the process was killed after the vote’s end is told after the next start, once', async () => {
    const house = await aNightBot();
    const { films } = await voting(house);
    // Killed on the way: the message never goes out, and nothing that comes after it happens.
    const reached = Promise.withResolvers<void>();
    const hanging = () => {
      reached.resolve();
      return new Promise<boolean>(() => {});
    };
    const killed = { ...reading, post: hanging };
    void house.keeper(killed, Date.now() + HOUR, { killed: true }).look();
    await reached.promise;
    const posted: [unknown, string][] = [];
    const after = {
      ...reading,
      async post(place: unknown, reply: SealedReply) {
        posted.push([place, wordsOf(reply)]);
        return true;
      },
    };
    const look = (minutes: number) => house.keeper(after, Date.now() + HOUR + minutes * 60_000).look();
    // Who ends a vote has three minutes to tell it.
    await look(2);
    expect(posted).toEqual([]);
    await Promise.all([look(4), look(4)]);
    await look(10);
    expect(posted).toEqual([[{ chat: 'discord:channel' }, `${titlesOf(films)[1]} won.`]]);
  });

  it('is not put off by a process that does not serve its platform', async () => {
    const house = await aNightBot();
    await voting(house);
    const away = { ...reading, post: () => Promise.reject(new Error('out of reach')) };
    await house.keeper(away, Date.now() + HOUR).look();
    const { back, posts } = counting();
    const later = Date.now() + HOUR + 4 * 60_000;
    await house.keeper({ ...back, serves: () => false }, later).look();
    expect(posts()).toBe(0);
    await house.keeper(back, later).look();
    expect(posts()).toBe(1);
  });

  it('of a private chat is told there after the process was killed, and the chat is named no more', async () => {
    const house = await aNightBot();
    const us = asking(house.bot, 'discord:7', { chat: { kind: 'private', key: 'discord:99' } });
    const films = await us.press(
      buttonOf(await us.type('/movienight people:Anna,Ben'), 'Propose five films'),
    );
    await us.press(buttonOf(films, 'Start the vote'));
    const reached = Promise.withResolvers<void>();
    const hanging = () => {
      reached.resolve();
      return new Promise<boolean>(() => {});
    };
    void house.keeper({ ...reading, post: hanging }, Date.now() + HOUR, { killed: true }).look();
    await reached.promise;
    const places: unknown[] = [];
    const post = async (place: unknown) => places.push(place) > 0;
    for (const minutes of [2, 4, 9])
      await house.keeper({ ...reading, post }, Date.now() + HOUR + minutes * 60_000).look();
    expect(places).toEqual([{ chat: 'discord:99' }]);
    expect(await house.nights.get(1)).toMatchObject({ chat: '' });
    expect(await house.nights.of('discord:7')).toEqual([]);
  });

  it('of a private chat because the process was killed as its button was pressed is told a little later', async () => {
    const house = await aNightBot();
    const us = asking(house.bot, 'discord:7', { chat: { kind: 'private', key: 'discord:99' } });
    const films = await us.press(
      buttonOf(await us.type('/movienight people:Anna,Ben'), 'Propose five films'),
    );
    await us.press(buttonOf(await us.press(buttonOf(films, 'Start the vote')), 'End the vote'));
    const { back, posts } = counting();
    for (const minutes of [2, 4, 9]) await house.keeper(back, Date.now() + minutes * 60_000).look();
    expect(posts()).toBe(1);
  });

  it('of a private chat where nobody may write is shown by its button for a day', async () => {
    const house = await aNightBot();
    const us = asking(house.bot, 'discord:7', { chat: { kind: 'private', key: 'discord:99' } });
    const films = await us.press(
      buttonOf(await us.type('/movienight people:Anna,Ben'), 'Propose five films'),
    );
    const end = buttonOf(await us.press(buttonOf(films, 'Start the vote')), 'End the vote');
    const mute = { ...reading, post: async () => false };
    await house.keeper(mute, Date.now() + HOUR).look();
    await house.keeper(mute, Date.now() + 20 * HOUR).look();
    expect(wordsOf(await us.press(end))).toBe(`${titlesOf(films)[0]} won.`);
    await house.keeper(mute, Date.now() + 26 * HOUR).look();
    expect(await house.nights.get(1)).toMatchObject({ chat: '' });
  });

  it('because the process was killed as its button was pressed is told a little later, once', async () => {
    const house = await aNightBot({ endPoll: async () => [0, 1, 0, 0, 0] });
    const { anna, ben, end } = await voting(house);
    expect(await anna.press(end)).toMatchObject({ tells: 1 });
    // The message may still be on its way.
    expect(await ben.press(end)).toMatchObject({ onlyForAsker: true });
    const { back, posts } = counting();
    const look = (minutes: number) => house.keeper(back, Date.now() + minutes * 60_000).look();
    await look(2);
    expect(posts()).toBe(0);
    await look(4);
    await look(9);
    expect(posts()).toBe(1);
  });

  it('by the keeper is none where the answer to the press has arrived', async () => {
    const house = await aNightBot({ endPoll: async () => [0, 1, 0, 0, 0] });
    const { anna, end } = await voting(house);
    await house.bot.told((await anna.press(end)).tells!);
    const { back, posts } = counting();
    await house.keeper(back, Date.now() + 9 * 60_000).look();
    expect(posts()).toBe(0);
  });

  it('because the platform was away just then is told when it is back', async () => {
    const house = await aNightBot();
    await voting(house);
    const away = { ...reading, post: () => Promise.reject(new Error('out of reach')) };
    await house.keeper(away, Date.now() + HOUR).look();
    const { back, posts } = counting();
    await house.keeper(back, Date.now() + HOUR + 4 * 60_000).look();
    await house.keeper(back, Date.now() + HOUR + 9 * 60_000).look();
    expect(posts()).toBe(1);
  });

  it('and that its button has told since is told by nobody else, nor is one of the day before', async () => {
    const house = await aNightBot();
    const { ben, end } = await voting(house);
    const away = { ...reading, post: () => Promise.reject(new Error('out of reach')) };
    await house.keeper(away, Date.now() + HOUR).look();
    await house.nights.postpone(1, Date.now() - 1);
    await ben.press(end);
    const { back, posts } = counting();
    await house.keeper(back, Date.now() + 2 * HOUR).look();
    await voting(house);
    await house.keeper(away, Date.now() + HOUR).look();
    await house.keeper(back, Date.now() + 26 * HOUR).look();
    await house.keeper(back, Date.now() + 27 * HOUR).look();
    expect(posts()).toBe(0);
  });
});

describe('a night', () => {
  it('goes on after a restart in the middle, with the buttons of before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-night-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'kindred.db');
    const { lobby } = await gathered(await aNightBot({ file }));
    const again = await aNightBot({ file, endPoll: async () => [0, 0, 0, 1, 0] });
    const anna = inGroup(again.bot, 'Anna');
    const films = await anna.press(buttonOf(lobby, 'Propose five films'));
    const poll = pollOf(await anna.press(buttonOf(films, 'Start the vote (1 hour)')));
    await again.bot.polled(poll.night, 'channel/poll');
    const third = await aNightBot({ file });
    const posted: string[] = [];
    await third
      .keeper(
        {
          serves: () => true,
          endPoll: async (_chat, name) => (name === 'channel/poll' ? [0, 0, 0, 1, 0] : undefined),
          async post(_place, reply) {
            posted.push(wordsOf(reply));
            return true;
          },
        },
        Date.now() + HOUR,
      )
      .look();
    expect(posted).toEqual([`${titlesOf(films)[3]} it is, with 1 of 1 vote.`]);
  });

  it('leaves no id of a person in the log', async () => {
    const house = await aNightBot();
    const { bot } = house;
    const lobby = await inGroup(bot, 'Anna', { asker: 'discord:400000000000000001' }).type('/movienight');
    await inGroup(bot, 'Ben', { asker: 'discord:400000000000000002' }).press(buttonOf(lobby, 'Join'));
    await house
      .keeper({ serves: () => true, endPoll: async () => undefined, post: async () => false }, Date.now())
      .look();
    expect(house.log.join()).not.toMatch(/40000000000000000\d/u);
  });
});

describe('on one screen', () => {
  it('names films of the one whose account it is only once they allow it, and no more when they take it back', async () => {
    const house = await aNightBot();
    await house.opinions.put('discord:7', gave(1, 5));
    const us = asking(house.bot, 'discord:7', {
      name: 'anna_on_discord',
      chat: { kind: 'private', key: 'discord:99' },
    });
    const proposal = async (lobby: SealedReply) => {
      const films = await us.press(buttonOf(lobby, 'Propose five films'));
      await us.press(buttonOf(films, 'Gather again'));
      return reasonsOf(films);
    };
    const lobby = await us.type('/movienight people:Anna,Ben');
    expect(await proposal(lobby)).not.toContain('Star One');
    const open = await us.press(buttonOf(lobby, 'Films Anna liked may be named'));
    expect(lineOf(open, 1)).toBe('2 people take part: Anna and Ben.');
    expect(await proposal(open)).toContain('Because one of you liked Star One');
    const closed = await us.press(buttonOf(open, 'Name no film of Anna'));
    expect(await proposal(closed)).not.toContain('Star One');
    expect(buttonOf(closed, 'Films Anna liked may be named')).toBeDefined();
  });

  it('keeps the name that was typed when a mood is picked', async () => {
    const { bot } = await aNightBot();
    const us = asking(bot, 'terminal:me');
    const laughing = await us.press(buttonOf(await us.type('/movienight people:Anna,Ben'), '😄 Laugh'));
    expect(lineOf(laughing, 1)).toBe('2 people take part: Anna (😄 Laugh) and Ben.');
  });

  it('counts what the first has seen, and is theirs to have forgotten, whatever the chat is called', async () => {
    const house = await aNightBot();
    await house.opinions.put('discord:7', saw(12));
    const us = asking(house.bot, 'discord:7', { chat: { kind: 'private', key: 'discord:99' } });
    const lobby = await us.type('/movienight people:Anna,Ben');
    const films = await us.press(buttonOf(lobby, 'Propose five films'));
    expect(titlesOf(films)).toHaveLength(5);
    expect(titlesOf(films)).not.toContain('Score Two');
    expect(await house.nights.of('discord:7')).toMatchObject([{ name: 'Anna', companions: ['Ben'] }]);
    await house.forgetting.forget('discord:7');
    expect(await house.nights.members(1)).toEqual([]);
    expect(await house.nights.get(1)).toBeUndefined();
  });

  it('that is over says so to a late press, and to nobody which film it was', async () => {
    const { bot, nights, forgetting } = await aNightBot();
    const us = asking(bot, 'discord:7', { chat: { kind: 'private', key: 'discord:99' } });
    const lobby = await us.type('/movienight people:Anna,Ben');
    const join = buttonOf(lobby, '😄 Laugh');
    await nights.finish(1, 12);
    for (const person of [us, inGroup(bot, 'Eve')])
      expect(wordsOf(await person.press(join))).toBe(
        'This movie night is over. Begin another with /movienight.',
      );
    const again = buttonOf(await us.type('/movienight people:Anna,Ben'), '😄 Laugh');
    await forgetting.forget('discord:7');
    expect(wordsOf(await us.press(again))).toMatch(/^This movie night is over/u);
  });

  it('needs names, and says so', async () => {
    const { bot } = await aNightBot();
    const refused = await asking(bot, 'terminal:me').type('/movienight');
    expect(refused.refused).toBe(true);
    expect(wordsOf(refused)).toContain('/movienight people:Anna,Ben');
  });

  it('each of those named votes in turn, and the last vote ends it', async () => {
    const { bot } = await aNightBot();
    const us = asking(bot, 'terminal:me');
    const lobby = await us.type('/movienight people:Anna,Ben');
    expect(lineOf(lobby, 1)).toBe('2 people take part: Anna and Ben.');
    const films = await us.press(buttonOf(lobby, 'Propose five films'));
    const first = await us.press(buttonOf(films, 'Start the vote'));
    expect(wordsOf(first)).toBe('Anna, which film is it for you?');
    const pick = (reply: SealedReply, place: number) =>
      us.press(reply.blocks.flatMap((block) => (block.kind === 'choices' ? block.items : []))[place]!.pick);
    const second = await pick(first, 2);
    expect(lineOf(second, 0)).toBe('Ben, which film is it for you?');
    expect(wordsOf(await pick(second, 2))).toBe(`${titlesOf(films)[2]} it is, with 2 of 2 votes.`);
  });
});
