import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RefusedCredential, RemoteFailure } from '../src/errors.ts';
import { createMetrics } from '../src/metrics.ts';
import { Guard, NotAsked, parseRetryAfter, retry, withDeadline } from '../src/resilience.ts';

const QUICK = { service: 'test', attempts: 3, firstPause: 1, longestPause: 50 };
const rejectOnAbort = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('AbortError'))));
const down = () => Promise.reject(new RemoteFailure('down', { status: 503 }));

describe('trying again', () => {
  it('tries what may mend by itself, so often and no more', async () => {
    let tries = 0;
    const act = () => (++tries < 3 ? down() : Promise.resolve('well'));
    expect(await retry(act, QUICK)).toBe('well');
    tries = -10;
    await expect(retry(act, QUICK)).rejects.toThrow('down');
    expect(tries).toBe(-7);
  });

  it('counts what was tried again and what was given up, and not what is simply wrong', async () => {
    const metrics = createMetrics(async () => ({ movies: 0, shows: 0, titles: 0, vectors: 0 }));
    const counted = { ...QUICK, service: 'counted' };
    await expect(retry(down, counted)).rejects.toThrow('down');
    const wrong = () => Promise.reject(new RemoteFailure('no such thing', { status: 404 }));
    await expect(retry(wrong, counted)).rejects.toThrow('no such thing');
    const text = await metrics.text();
    expect(text).toContain('kindred_outside_calls_total{service="counted",outcome="retried"} 2\n');
    expect(text).toContain('kindred_outside_calls_total{service="counted",outcome="failed"} 1\n');
  });

  it('does not try again what is simply wrong', async () => {
    let tries = 0;
    const act = async () => {
      tries++;
      throw new RemoteFailure('no such thing', { status: 404 });
    };
    await expect(retry(act, QUICK)).rejects.toThrow('no such thing');
    expect(tries).toBe(1);
  });

  it('waits as long as it is asked to, and gives up where that is too long', async () => {
    const pauses: number[] = [];
    const slowDown = (retryAfter: number) => () =>
      Promise.reject(new RemoteFailure('slow down', { status: 429, retryAfter }));
    const options = { ...QUICK, onPause: (milliseconds: number) => pauses.push(milliseconds) };
    await expect(retry(slowDown(20), options)).rejects.toThrow('slow down');
    await expect(retry(slowDown(60_000), options)).rejects.toThrow('slow down');
    expect(pauses).toHaveLength(2);
    for (const each of pauses) expect(each).toBeGreaterThanOrEqual(20);
  });

  it('ends with the reason of the signal while it waits', async () => {
    const leaving = new AbortController();
    const onPause = () => leaving.abort(new Error('left'));
    const waiting = {
      service: 'test',
      attempts: 2,
      firstPause: 60_000,
      longestPause: 60_000,
      signal: leaving.signal,
      onPause,
    };
    await expect(retry(down, waiting)).rejects.toThrow('left');
  });

  it.each([
    ['2', 2_000],
    ['0.5', 500],
    ['Thu, 01 Jan 1970 00:00:03 GMT', 2_000],
    ['soon', undefined],
    [null, undefined],
  ])('reads Retry-After: %s', (header, milliseconds) => {
    expect(parseRetryAfter(header, 1_000)).toBe(milliseconds);
  });
});

describe('a deadline', () => {
  it('ends what takes too long, whatever a client makes of the signal', async () => {
    await expect(withDeadline(5, undefined, rejectOnAbort)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('leaves no listener on a signal that lives on', async () => {
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    signal.addEventListener = (_: string, listener: unknown) => void listeners.add(listener);
    signal.removeEventListener = (_: string, listener: unknown) => void listeners.delete(listener);
    for (let i = 0; i < 10; i++) await withDeadline(1_000, signal, async () => i);
    expect(listeners.size).toBe(0);
  });
});

describe('a guard', () => {
  it('stops asking after failures in a row, lets one request see, and asks again when that is answered', async () => {
    const told: string[] = [];
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const guard = new Guard({ failures: 2, rest: 5_000, onChange: (state) => told.push(state) });
    for (let i = 0; i < 2; i++) await guard.run(down).catch(() => {});
    await expect(guard.run(async () => 'well')).rejects.toThrow(NotAsked);
    vi.setSystemTime(Date.now() + 5_000);
    const seeing = Promise.withResolvers<string>();
    const probe = guard.run(() => seeing.promise);
    await expect(guard.run(async () => 'me too')).rejects.toThrow(NotAsked);
    seeing.resolve('well');
    expect(await probe).toBe('well');
    expect(await guard.run(async () => 'me too')).toBe('me too');
    expect(told).toEqual(['resting', 'well']);
  });

  it('learns nothing from a request whose caller goes away, and lets the next one see', async () => {
    const told: string[] = [];
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const guard = new Guard({ failures: 1, rest: 5_000, onChange: (state) => told.push(state) });
    await guard.run(down).catch(() => {});
    vi.setSystemTime(Date.now() + 5_000);
    const leaving = new AbortController();
    const hanging = () => withDeadline(60_000, leaving.signal, (signal) => rejectOnAbort(signal));
    const probe = guard.run(hanging, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(probe).rejects.toThrow('left');
    expect(told).toEqual(['resting']);
    await expect(guard.run(down)).rejects.toThrow('down');
    await expect(guard.run(async () => 'well')).rejects.toThrow(NotAsked);
    vi.setSystemTime(Date.now() + 5_000);
    expect(await guard.run(async () => 'well')).toBe('well');
    expect(told).toEqual(['resting', 'well']);
  });

  it('turns away what would pile up', async () => {
    const guard = new Guard({ atOnce: 2 });
    const held = Promise.withResolvers<void>();
    const running = [guard.run(() => held.promise), guard.run(() => held.promise)];
    await expect(guard.run(async () => {})).rejects.toThrow(NotAsked);
    held.resolve();
    await Promise.all(running);
    await expect(guard.run(async () => 'room again')).resolves.toBe('room again');
  });

  it.each([
    new RemoteFailure('who are you?', { status: 401 }),
    new RemoteFailure('not you', { status: 403 }),
    new RefusedCredential('KEY'),
  ])('leaves alone a service that refuses whoever asks: %s', async (refusal) => {
    const told: unknown[] = [];
    const guard = new Guard({ failures: 2, onChange: (state, reason) => told.push(state, reason) });
    const refused = () => Promise.reject(refusal);
    for (let i = 0; i < 2; i++) await expect(guard.run(refused)).rejects.toThrow(refusal);
    await expect(guard.run(refused)).rejects.toThrow(NotAsked);
    expect(told).toEqual(['resting', refusal]);
  });

  it('does not mind requests that are simply wrong', async () => {
    const guard = new Guard({ failures: 1 });
    const wrong = () => Promise.reject(new RemoteFailure('wrong', { status: 400 }));
    for (let i = 0; i < 3; i++) await expect(guard.run(wrong)).rejects.toThrow('wrong');
  });
});
