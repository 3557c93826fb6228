import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../src/chat/deadline.ts';

/** No test waits for it. */
const NEVER = 60_000;
const deaf = () => new Promise<never>(() => {});

describe('work with a deadline', () => {
  it('that ends in time leaves nothing at the signal that outlives it', async () => {
    const end = new AbortController();
    expect(await withDeadline(NEVER, end.signal, async () => 'done')).toBe('done');
    const failed = withDeadline(NEVER, end.signal, async () => {
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(getEventListeners(end.signal, 'abort')).toEqual([]);
  });

  it('that does not is told to stop, and not waited for', async () => {
    let told: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      told = signal;
      return deaf();
    };
    expect(await withDeadline(0, new AbortController().signal, work)).toBeUndefined();
    expect(told?.aborted).toBe(true);
  });

  it('is over when everything is, also when that was so before', async () => {
    const end = new AbortController();
    const under = withDeadline(NEVER, end.signal, deaf);
    end.abort();
    expect(await under).toBeUndefined();
    expect(await withDeadline(NEVER, end.signal, async () => 'late')).toBeUndefined();
  });
});
