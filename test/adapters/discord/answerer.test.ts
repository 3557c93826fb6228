import { REST } from 'discord.js';
import { expect, test } from 'vitest';
import { Answerer, TIMINGS } from '../../../adapters/discord/answerer.ts';
import { createLog } from '../../../src/log.ts';
import { payload, reply } from './samples.ts';
import { setUp } from './setup.ts';

test('of many at once that each take a moment, every one that waits is put off before the last is answered', async () => {
  const many = 60;
  let answered = 0;
  const { fake, bot } = await setUp({
    async handle() {
      const end = performance.now() + 5;
      while (performance.now() < end);
      answered += 1;
      return reply();
    },
  });
  const answerer = new Answerer({
    rest: new REST({ api: fake.apiUrl, retries: 0 }).setToken(fake.token),
    apiUrl: fake.apiUrl,
    log: createLog({ level: 'fatal', secrets: [] }),
    posters: true,
    timings: { ...TIMINGS, firstResponse: 20 },
  });
  const putOff: number[] = [];
  await Promise.all(
    Array.from({ length: many }, () => {
      const talk = fake.begin(payload('command'));
      return answerer.answer(bot, talk.interaction, async (response) => {
        if (response.type === 5) putOff.push(answered);
        talk.callback(response);
      });
    }),
  );
  expect(putOff.length).toBeGreaterThan(0);
  // Seen from the answerer itself: an acknowledgement that travels also waits for the fake, which shares our event loop.
  expect(Math.max(...putOff)).toBeLessThan(many - 1);
  expect(fake.violations).toEqual([]);
});
