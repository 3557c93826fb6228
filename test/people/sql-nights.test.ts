import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { sqlForgetting } from '../../src/people/forgetting.ts';
import {
  MAX_MEMBERS,
  type NewNight,
  type NightMember,
  type NightStore,
  POLL_PATIENCE,
  STALE,
} from '../../src/people/nights.ts';
import { sqlNights } from '../../src/people/sql-nights.ts';

const NOW = 1_760_000_000_000;
const HOUR = 3_600_000;

const aNight = (more: Partial<NewNight> = {}): NewNight => ({
  chat: 'discord:1',
  shared: false,
  starter: 'discord:7',
  language: 'en',
  adult: false,
  wish: { filters: {} },
  hours: 1,
  began: NOW,
  ...more,
});
const aMember = (owner: string, more: Partial<NightMember> = {}): NightMember => ({
  owner,
  named: false,
  filters: {},
  ...more,
});
const FILMS = [{ movie: 3, score: 0.5, mean: 0.75 }];

async function stores(file = ':memory:') {
  const database = await openDatabase(file);
  onTestFinished(() => database.close());
  return { ...sqlNights(database.db), forget: sqlForgetting(database.db).forget };
}

async function begun(more: Partial<NewNight> = {}) {
  const nights = await stores();
  const { night } = await nights.begin(aNight(more), [aMember('discord:7', { name: 'Anna' })]);
  return { nights, id: night.id };
}

async function voting() {
  const { nights, id } = await begun();
  await nights.propose(id, FILMS);
  await nights.startVote(id, NOW, NOW + HOUR);
  return { nights, id };
}

const owners = async (nights: NightStore, id: number) => (await nights.members(id)).map(({ owner }) => owner);

describe('a movie night', () => {
  it('is one to a chat: of two begun at once, both get the same', async () => {
    const nights = await stores();
    const both = await Promise.all([nights.begin(aNight(), []), nights.begin(aNight(), [])]);
    expect(both.map(({ isNew }) => isNew)).toEqual([true, false]);
    expect(both[0]!.night).toEqual(both[1]!.night);
    expect((await nights.begin(aNight({ chat: 'discord:2' }), [])).isNew).toBe(true);
  });

  it('keeps all that it was begun with', async () => {
    const nights = await stores();
    const given = aNight({
      thread: '5',
      adult: true,
      language: 'es',
      wish: { words: 'rain', filters: { genres: ['horror'], from: 1980 } },
    });
    const { night } = await nights.begin(given, []);
    expect(night).toEqual({ ...given, id: night.id, phase: 'gathering', proposal: [] });
    expect(await nights.get(night.id)).toEqual(night);
    expect(await nights.get(night.id + 1)).toBeUndefined();
  });

  it('loses nobody who joins at the same moment, and has each once', async () => {
    const { nights, id } = await begun();
    const people = Array.from({ length: 20 }, (_, at) => `discord:${100 + at}`);
    await Promise.all([...people, ...people].map((owner) => nights.join(id, { owner, named: false }, NOW)));
    expect((await owners(nights, id)).toSorted()).toEqual(['discord:7', ...people].toSorted());
  });

  it('takes so many and no more; who is in may change what is allowed', async () => {
    const { nights, id } = await begun();
    for (let at = 1; at < MAX_MEMBERS; at++) await nights.join(id, { owner: `a:${at}`, named: false }, NOW);
    expect(await nights.join(id, { owner: 'a:one-more', named: false }, NOW)).toBe(false);
    expect(await nights.join(id, { owner: 'a:1', named: true, name: 'Ben' }, NOW)).toBe(true);
    expect(await nights.members(id)).toContainEqual(aMember('a:1', { named: true, name: 'Ben' }));
  });

  it('keeps a wish when its owner joins again', async () => {
    const { nights, id } = await begun();
    await nights.wish(id, 'discord:7', { mood: 'laugh', words: 'puns', filters: { to: 1990 } });
    await nights.join(id, { owner: 'discord:7', named: true }, NOW + 1);
    expect(await nights.members(id)).toEqual([
      { owner: 'discord:7', named: true, mood: 'laugh', words: 'puns', filters: { to: 1990 } },
    ]);
  });

  it('is joined and left only while people gather', async () => {
    const { nights, id } = await begun();
    await nights.propose(id, FILMS);
    expect(await nights.join(id, { owner: 'a:1', named: false }, NOW)).toBe(false);
    expect(await nights.leave(id, 'discord:7')).toBe(false);
    expect(await nights.gather(id)).toBe(true);
    expect((await nights.get(id))?.proposal).toEqual([]);
    expect(await nights.leave(id, 'discord:7')).toBe(true);
    expect(await owners(nights, id)).toEqual([]);
  });

  it('lets one caller alone start the vote, and another where no poll came of it', async () => {
    const { nights, id } = await begun();
    expect(await nights.startVote(id, NOW, NOW + HOUR)).toBe(false);
    await nights.propose(id, FILMS);
    const both = [nights.startVote(id, NOW, NOW + HOUR), nights.startVote(id, NOW, NOW + HOUR)];
    expect(await Promise.all(both)).toEqual([true, false]);
    const later = NOW + POLL_PATIENCE;
    expect(await nights.startVote(id, later, later + HOUR)).toBe(true);
    await nights.polled(id, 'channel/message');
    expect(await nights.startVote(id, later + POLL_PATIENCE, later + HOUR)).toBe(false);
    expect(await nights.get(id)).toMatchObject({ poll: 'channel/message', ends: later + HOUR });
  });

  it('counts one vote of each, the last', async () => {
    const { nights, id } = await voting();
    await Promise.all([nights.vote(id, 'a:1', 0), nights.vote(id, 'a:2', 1)]);
    await nights.vote(id, 'a:1', 2);
    expect([...(await nights.votes(id))].toSorted()).toEqual([
      ['a:1', 2],
      ['a:2', 1],
    ]);
    await nights.finish(id, 3);
    expect(await nights.vote(id, 'a:3', 0)).toBe(false);
  });

  it('is ended by one caller alone, and told by one', async () => {
    const { nights, id } = await voting();
    expect(await Promise.all([nights.finish(id, 3), nights.finish(id, 4)])).toEqual([true, false]);
    expect(await Promise.all([nights.announce(id), nights.announce(id)])).toEqual([true, false]);
    expect(await nights.get(id)).toMatchObject({ phase: 'over', winner: 3 });
    expect((await nights.begin(aNight(), [])).isNew).toBe(true);
  });

  it('is not told by its button while somebody else is about to', async () => {
    const { nights, id } = await voting();
    await nights.finish(id, 3, NOW);
    expect(await nights.claim(id, NOW, NOW + HOUR)).toBe(true);
    expect(await nights.announce(id, NOW)).toBe(false);
    expect(await nights.announce(id, NOW + HOUR)).toBe(true);
  });

  it('is due when its time has come, later where it was postponed, or never', async () => {
    const { nights, id } = await voting();
    expect(await nights.due(NOW + HOUR - 1)).toEqual([]);
    expect((await nights.due(NOW + HOUR)).map((night) => night.id)).toEqual([id]);
    await nights.postpone(id, NOW + 2 * HOUR);
    expect(await nights.due(NOW + HOUR)).toEqual([]);
    await nights.postpone(id, undefined);
    expect(await nights.due(NOW + 9 * HOUR)).toEqual([]);
  });

  it('forgets who took part once it is over, by its end or by its age', async () => {
    const { nights, id } = await voting();
    await nights.vote(id, 'a:1', 0);
    await nights.finish(id, 3);
    expect([await nights.of('discord:7'), await nights.of('a:1')]).toEqual([[], []]);
    const { night } = await nights.begin(aNight(), [aMember('discord:7')]);
    await nights.endStale(NOW + STALE - 1);
    expect(await nights.of('discord:7')).toHaveLength(1);
    await nights.endStale(NOW + STALE);
    expect(await nights.of('discord:7')).toEqual([]);
    expect(await nights.get(night.id)).toMatchObject({ phase: 'over', wish: { filters: {} } });
  });

  it('that nobody ends makes room for the next one after a day', async () => {
    const { nights } = await begun();
    expect((await nights.begin(aNight({ began: NOW + STALE - 1 }), [])).isNew).toBe(false);
    expect((await nights.begin(aNight({ began: NOW + STALE }), [])).isNew).toBe(true);
  });

  it('goes with its chat where that gets another name, as often as it is told', async () => {
    const { nights, id } = await begun();
    await nights.move('discord:1', 'discord:2');
    await nights.move('discord:1', 'discord:2');
    expect(await nights.openIn('discord:1')).toBeUndefined();
    expect(await nights.openIn('discord:2')).toMatchObject({ id, phase: 'gathering' });
    expect(await owners(nights, id)).toEqual(['discord:7']);
  });

  it('votes anew on the same films in a moved chat: the poll stayed behind', async () => {
    const { nights, id } = await voting();
    await nights.polled(id, 'old/poll');
    await nights.move('discord:1', 'discord:2');
    const { poll, ends, ...night } = (await nights.get(id))!;
    expect([poll, ends]).toEqual([undefined, undefined]);
    expect(night).toMatchObject({ chat: 'discord:2', phase: 'proposed', proposal: FILMS });
    expect(await nights.startVote(id, NOW, NOW + HOUR)).toBe(true);
  });

  it('of a moved chat is over where another was begun there already', async () => {
    const { nights, id } = await begun();
    const { night } = await nights.begin(aNight({ chat: 'discord:2' }), []);
    await nights.move('discord:1', 'discord:2');
    expect((await nights.openIn('discord:2'))?.id).toBe(night.id);
    expect(await nights.get(id)).toMatchObject({ chat: 'discord:2', phase: 'over' });
    expect(await owners(nights, id)).toEqual([]);
  });

  it('is all there after a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-nights-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'kindred.db');
    const database = await openDatabase(file);
    const before = sqlNights(database.db);
    const { night } = await before.begin(aNight(), [aMember('discord:7', { mood: 'laugh' })]);
    await before.propose(night.id, FILMS);
    await before.startVote(night.id, NOW, NOW + HOUR);
    await before.polled(night.id, 'ref');
    await database.close();
    const after = await stores(file);
    expect(await after.due(NOW + HOUR)).toEqual([
      { ...night, phase: 'voting', proposal: FILMS, poll: 'ref', ends: NOW + HOUR },
    ]);
    expect(await after.members(night.id)).toEqual([aMember('discord:7', { mood: 'laugh' })]);
  });
});

describe('what is held of somebody', () => {
  it('has the names they gave for others, which go with the rest', async () => {
    const nights = await stores();
    const { night } = await nights.begin(aNight({ chat: 'a:100', starter: 'a:1' }), [
      aMember('a:1', { name: 'Anna' }),
      aMember('a:1#2', { name: 'Ben' }),
      aMember('a:11', { name: 'Cleo' }),
    ]);
    expect(await nights.of('a:1')).toMatchObject([{ name: 'Anna', companions: ['Ben'] }]);
    await nights.forget('a:1');
    expect((await nights.members(night.id)).map(({ name }) => name)).toEqual(['Cleo']);
  });

  it('is told, and gone once it is forgotten', async () => {
    const { nights, id } = await begun();
    await nights.join(id, { owner: 'discord:8', named: true, name: 'Ben' }, NOW);
    await nights.wish(id, 'discord:8', { mood: 'cry', words: 'rain', filters: { to: 1990 } });
    await nights.propose(id, FILMS);
    await nights.startVote(id, NOW, NOW + HOUR);
    await nights.vote(id, 'discord:8', 2);
    expect(await nights.of('discord:8')).toEqual([
      {
        began: NOW,
        chat: 'discord:1',
        name: 'Ben',
        named: true,
        mood: 'cry',
        words: 'rain',
        filters: { to: 1990 },
        vote: 2,
        starter: false,
      },
    ]);
    expect(await nights.of('discord:7')).toMatchObject([{ name: 'Anna', starter: true }]);
    for (const person of ['discord:8', 'discord:7']) await nights.forget(person);
    expect(await nights.of('discord:8')).toEqual([]);
    expect(await nights.of('discord:7')).toEqual([]);
    expect(await owners(nights, id)).toEqual([]);
    expect((await nights.votes(id)).size).toBe(0);
    expect((await nights.get(id))?.starter).toBeUndefined();
  });

  it('tells who began it what they asked for, and forgets those words with them', async () => {
    const { nights, id } = await begun({ wish: { words: 'a slow western', filters: { to: 1990 } } });
    await nights.join(id, { owner: 'discord:8', named: false }, NOW);
    const asked = { words: 'a slow western', filters: { to: 1990 } };
    expect(await nights.of('discord:7')).toMatchObject([{ starter: true, forAll: asked }]);
    expect((await nights.of('discord:8'))[0]).not.toHaveProperty('forAll');
    await nights.forget('discord:7');
    expect(await nights.get(id)).toMatchObject({ chat: 'discord:1', wish: { filters: {} } });
    expect((await nights.get(id))?.wish).not.toHaveProperty('words');
    expect(await owners(nights, id)).toEqual(['discord:8']);
  });

  it.each([
    ['that is called like the person', 'telegram:5'],
    ['that has a name of its own', 'telegram:99'],
  ])('in a private chat %s is deleted with them, and once over no longer names the chat', async (_, chat) => {
    const nights = await stores();
    const alone = aNight({ chat, shared: true, starter: 'telegram:5' });
    const people = [aMember('telegram:5', { name: 'Anna' }), aMember('telegram:5#2', { name: 'Ben' })];
    const first = (await nights.begin(alone, people)).night.id;
    await nights.finish(first);
    expect((await nights.get(first))?.chat).toBe('');
    const second = (await nights.begin(alone, people)).night.id;
    await nights.endStale(NOW + STALE);
    expect((await nights.get(second))?.chat).toBe('');
    const third = (await nights.begin(alone, people)).night.id;
    await nights.forget('telegram:5');
    expect([await nights.get(third), await nights.members(third)]).toEqual([undefined, []]);
    // One whose winner is still to be told there is theirs until then.
    const fourth = (await nights.begin(alone, people)).night.id;
    await nights.finish(fourth, 3, NOW);
    expect(await nights.of('telegram:5')).toMatchObject([{ chat, starter: true }]);
    await nights.announce(fourth);
    expect(await nights.of('telegram:5')).toEqual([]);
    const fifth = (await nights.begin(alone, people)).night.id;
    await nights.finish(fifth, 3, NOW);
    await nights.endStale(NOW + HOUR + STALE);
    expect([await nights.of('telegram:5'), (await nights.get(fifth))?.chat]).toEqual([[], '']);
    const sixth = (await nights.begin(alone, people)).night.id;
    await nights.finish(sixth, 3, NOW);
    await nights.forget('telegram:5');
    expect(await nights.get(sixth)).toBeUndefined();
  });
});
