import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/ingest/progress.ts';

function aStream(terminal: boolean, columns = 100) {
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns });
  return { stream, written: () => stripVTControlCharacters(stream.read()?.toString() ?? '') };
}

function aClock() {
  let time = 0;
  return {
    now: () => time,
    pass(seconds: number) {
      time += seconds * 1000;
    },
  };
}

describe('progress', () => {
  it('is a plain line every few seconds where nobody watches', () => {
    const { stream, written } = aStream(false);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'index', total: 1000, now: clock.now });
    for (let second = 0; second < 6; second++) {
      clock.pass(1);
      progress.advance(100);
    }
    expect(written()).toBe('index 500 of 1,000 · 50 % · 100/s · 5 s left\n');
    progress.done();
    expect(written()).toBe('index 600 of 1,000 · 60 % · 100/s · 4 s left\n');
  });

  it('is a bar that is drawn again in place on a terminal, at most ten times a second', () => {
    const { stream, written } = aStream(true);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'index', total: 200, now: clock.now });
    for (let i = 0; i < 50; i++) {
      clock.pass(0.01);
      progress.advance(2, 'Alien');
    }
    progress.done();
    const frames = written().split('\r').slice(1);
    expect(frames).toHaveLength(6);
    expect(frames.at(-1)).toBe(
      '━━━━━━━━━━━━━━━━━━━━━━━━ index 100 of 200 · 50 % · 200/s · 1 s left · Alien\n',
    );
  });

  it('stays within a narrow window', () => {
    const { stream, written } = aStream(true, 30);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'index', total: 200_000, now: clock.now });
    clock.pass(1);
    progress.advance(100, 'a long note about a film');
    for (const frame of written().split('\r')) expect(frame.length).toBeLessThan(30);
  });

  it('gives the bar the room that is left in a window of 80 columns', () => {
    const { stream, written } = aStream(true, 80);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'index', total: 29_000, now: clock.now });
    clock.pass(10);
    progress.advance(12_345, '12,345 embedded');
    const frame = written().split('\r').at(-1)!;
    expect(frame).toMatch(/^━{4,} index 12,345 of 29,000 · 42 % · 1,235\/s · 14 s left · 12,345 embedded$/u);
    expect(frame).toHaveLength(79);
  });

  it('tells percentage and time left from a share where the total is not known', () => {
    const { stream, written } = aStream(true);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'import jsonl', now: clock.now });
    clock.pass(2);
    progress.advance(3000, '2,000 added', 0.25);
    const text = 'import jsonl 3,000 · 25 % · 1,500/s · 6 s left · 2,000 added';
    expect(written().split('\r').at(-1)).toBe(`${'━'.repeat(24)} ${text}`);
  });

  it('tells no time left where the total is not known', () => {
    const { stream, written } = aStream(false);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'import', now: clock.now });
    clock.pass(2);
    progress.advance(3000);
    progress.done();
    expect(written()).toBe('import 3,000 · 1,500/s\n');
  });

  it('tells long waits in minutes and hours', () => {
    const { stream, written } = aStream(false);
    const clock = aClock();
    const progress = createProgress({ stream, label: 'index', total: 10_000, now: clock.now });
    clock.pass(10);
    progress.advance(10);
    expect(written()).toContain('2 h 47 min left');
    clock.pass(5);
    progress.advance(5990);
    expect(written()).toMatch(/\d+ s left/u);
  });
});
