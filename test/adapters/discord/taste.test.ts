import { describe, expect, test } from 'vitest';
import { aTasteBot } from '../../fixtures/taste-bot.ts';
import { payload, press } from './samples.ts';
import { AT_ONCE, connected } from './setup.ts';

const PERSON = '400000000000000001';
const ANN = `discord:${PERSON}`;

function command(name: string, options: Record<string, string> = {}) {
  const recorded = payload('command') as unknown as { data: object };
  return {
    ...recorded,
    data: {
      ...recorded.data,
      name,
      options: Object.entries(options).map(([key, value]) => ({ name: key, type: 3, value })),
    },
  } as unknown as ReturnType<typeof payload>;
}

/** The id of the button with this label. */
function idOf(body: unknown, label: string): string {
  const found = new RegExp(`"label":"${label}","custom_id":"([^"]+)"`, 'u').exec(JSON.stringify(body));
  if (!found) throw new Error(`no button ${label} in ${JSON.stringify(body)}`);
  return found[1]!;
}

describe('rating on Discord', () => {
  test('a press on a card is noted privately with an undo, and leaves the card', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const { fake } = await connected(bot);
    const card = await fake.interact(command('movie', { title: 'Alien' })).call(1);
    const pressed = fake.interact(press(idOf(card.body.data, '👍 Good')));
    const note = await pressed.call(1);
    expect(note.body.type).toBe(4);
    expect(pressed.original).toMatchObject({ ephemeral: true });
    expect(JSON.stringify(note.body)).toContain('From now on I learn your taste');
    expect(await opinions.on(ANN, movie('Alien').number)).toMatchObject({ stars: 4.5, seen: true });
    await fake.interact(press(idOf(note.body.data, 'Undo'))).call(1);
    expect(await opinions.count(ANN)).toBe(0);
    expect(fake.violations).toEqual([]);
  });

  test('the card opens all that can be said, stars too, for the one who pressed', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const { fake } = await connected(bot);
    const card = await fake.interact(command('movie', { title: 'Alien' })).call(1);
    const opened = fake.interact(press(idOf(card.body.data, '★ Stars…')));
    const panel = await opened.call(1);
    expect(opened.original).toMatchObject({ ephemeral: true });
    await fake.interact(press(idOf(panel.body.data, '3½ ★'))).call(1);
    expect(await opinions.on(ANN, movie('Alien').number)).toMatchObject({ stars: 3.5 });
    expect(fake.violations).toEqual([]);
  });
});

describe('what is personal on Discord', () => {
  test.each([
    ['at once', 60_000],
    ['late', AT_ONCE],
  ])('all that is held comes as a file that only the asker sees, %s', async (_, firstResponse) => {
    const { bot, opinions, movie } = await aTasteBot();
    await opinions.put(ANN, { movie: movie('Alien').number, stars: 5, seen: true, dismissed: false, at: 0 });
    const { fake, log } = await connected(bot, { timings: { firstResponse } });
    const talk = fake.interact(command('mydata'));
    expect((await talk.call(1)).body).toEqual({ type: 5, data: { flags: 64 } });
    await talk.call(2);
    expect(talk.original).toMatchObject({ ephemeral: true });
    const sent = fake.requests.find(({ method }) => method === 'PATCH');
    expect(JSON.stringify(sent?.body)).toContain('attachment://kindred-my-data.json');
    expect(JSON.parse(sent?.files['kindred-my-data.json'] ?? '')).toMatchObject({
      account: ANN,
      opinions: [{ id: 'tt0000001', stars: 5 }],
    });
    expect(fake.violations).toEqual([]);
    expect(log.join()).not.toContain(PERSON);
  });
});
