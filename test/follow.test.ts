import { expect, it, onTestFinished, vi } from 'vitest';
import { follow } from '../src/follow.ts';
import { aCatalogue } from './fixtures/catalogue.ts';
import { aLog } from './vectors/pinecone/setup.ts';

it('says once that the catalogue cannot be followed, and once that it is followed again', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { catalogue, close } = await aCatalogue([]);
  let [broken, looks] = [true, 0];
  const changesSince: typeof catalogue.changesSince = async (...args) => {
    looks++;
    if (broken) throw new Error('disk I/O error');
    return catalogue.changesSince(...args);
  };
  const { log, lines } = aLog();
  const { revision } = await catalogue.changesSince(0, 1);
  const following = follow({
    catalogue: { changesSince },
    from: revision,
    apply: async () => {},
    log,
  });
  onTestFinished(async () => {
    await following.stop();
    await close();
  });
  for (let second = 0; second < 5; second++) await vi.advanceTimersByTimeAsync(1000);
  broken = false;
  for (let second = 0; second < 5; second++) await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  expect(looks).toBeGreaterThan(5);
  expect(lines.map(({ msg }) => msg)).toEqual([
    expect.stringContaining('could not be followed'),
    'the catalogue is followed again',
  ]);
});
