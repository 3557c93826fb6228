import { describe, expect, test } from 'vitest';
import { IMDB_RATINGS } from '../../fixtures/exports.ts';
import { aTasteBot } from '../../fixtures/taste-bot.ts';
import { payload, press as pressed } from './samples.ts';
import { AT_ONCE, connected } from './setup.ts';

const PERSON = '400000000000000001';
const press = (id: string) => ({ ...pressed(id), locale: 'en-US' }) as ReturnType<typeof payload>;
const ANN = `discord:${PERSON}`;

function command(name: string, options: Record<string, string> = {}) {
  const recorded = payload('command') as unknown as { data: object };
  return {
    ...recorded,
    locale: 'en-US',
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
    const talk = fake.interact(press(idOf(card.body.data, '👍 Good')));
    const note = await talk.call(1);
    expect(note.body.type).toBe(4);
    expect(talk.original).toMatchObject({ ephemeral: true });
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

describe('a history sent on Discord', () => {
  const sent = (url: string, size = 1000) => {
    const recorded = command('history') as unknown as { data: object };
    const attachment = { id: '910000000000000001', filename: 'ratings.csv', size, url, proxy_url: url };
    return {
      ...recorded,
      data: {
        ...recorded.data,
        options: [{ name: 'file', type: 11, value: attachment.id }],
        resolved: { attachments: { [attachment.id]: attachment } },
      },
    } as unknown as ReturnType<typeof payload>;
  };

  test('is an option with a file; what was found is told to the sender alone', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const { fake, log } = await connected(bot);
    expect(fake.commands.get('global')?.find(({ name }) => name === 'history')).toMatchObject({
      options: [{ name: 'file', type: 11 }],
    });
    const talk = fake.interact(sent(fake.host('ratings.csv', Buffer.from(IMDB_RATINGS))));
    const answer = await talk.call(1);
    expect(JSON.stringify(answer.body)).toContain('2 films that I know, 2 with stars');
    expect(talk.original).toMatchObject({ ephemeral: true });
    // Alien by its id although it is called otherwise there, Heat by title and year.
    expect(await opinions.on(ANN, movie('Alien').number)).toMatchObject({ stars: 4.5 });
    expect(await opinions.on(ANN, movie('Heat').number)).toMatchObject({ stars: 5 });
    const undo = idOf(answer.body, 'Take this import back');
    const undone = await fake.interact(press(undo)).call(1);
    expect(JSON.stringify(undone.body)).toContain('as it was before your history from IMDb');
    expect(await opinions.count(ANN)).toBe(0);
    expect(log.join()).not.toContain(PERSON);
    expect(fake.violations).toEqual([]);
  });

  test.each([
    ['too large', 'https://cdn.discordapp.com/attachments/1/2/ratings.csv', 50_000_000, 'too large'],
    ['from another host', 'https://example.com/ratings.csv', 10, 'something went wrong on my side'],
  ])('is not fetched where it is %s', async (_, url, size, sentence) => {
    const { bot, opinions } = await aTasteBot();
    const { fake } = await connected(bot);
    const answer = await fake.interact(sent(url, size)).call(1);
    expect(JSON.stringify(answer.body)).toContain(sentence);
    expect(await opinions.count(ANN)).toBe(0);
  });
});
