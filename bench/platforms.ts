/**
 * Discord and Telegram under load: the program as it runs, with the real clients; the platforms are fakes on 127.0.0.1
 * in this process, which check everything that arrives.
 *
 *   node bench/platforms.ts [--database FILE] [--seconds 60] [--interactions 50000]
 *
 * Without a database that was indexed before, one is made from the large catalogue first, which takes minutes.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DiscordCrowd } from './platforms/discord.ts';
import { type Answered, atOnce, type Crowd, slope, steadily, throughout, told } from './platforms/load.ts';
import { TelegramCrowd } from './platforms/telegram.ts';
import { prepare, processorSeconds, residentMegabytes, sample, serve } from './program/program.ts';

const PER_SECOND = 50;
const BURST = 200;
const WARM = 400;
/** Asked at the same time while memory is watched. */
const WIDTH = 16;
const SAMPLES = 40;
/** Memory settles first: caches fill, code is compiled. */
const SETTLING = 0.3;
/** Seconds. */
const OUTAGES = [1, 10];
/** Milliseconds. */
const ASKED_EVERY = 50;

interface Sizes {
  readonly seconds: number;
  readonly interactions: number;
}

async function benchPlatforms(database: string, { seconds, interactions }: Sizes): Promise<void> {
  const { known } = await sample(database);
  const discord = await DiscordCrowd.gather(known);
  const telegram = await TelegramCrowd.gather(known);
  const crowds = [discord, telegram];
  const { child, address } = await serve(database, {
    DISCORD_TOKEN: discord.fake.token,
    DISCORD_API_URL: discord.fake.apiUrl,
    TELEGRAM_BOT_TOKEN: telegram.fake.token,
    TELEGRAM_API_URL: telegram.fake.url,
  });
  try {
    for (const crowd of crowds) await throughout([crowd], { count: WARM, width: 4, each: () => {} });
    for (const crowd of crowds) {
      const before = processorSeconds(child.pid!);
      const answers = await steadily(crowd, PER_SECOND, seconds);
      const each = (1000 * (processorSeconds(child.pid!) - before)) / answers.length;
      const what = `${crowd.platform}, ${PER_SECOND} a second for ${seconds} s`;
      row(
        what,
        `${told(answers, crowd.patience)}; ${each.toFixed(1)} ms of processor each`,
        'p99 ≤ 150 ms, 0 lost',
      );
      for (const [kind, some] of byKind(answers))
        row(`${crowd.platform}: ${kind}`, told(some, crowd.patience));
    }
    for (const crowd of crowds) {
      const answers = await atOnce(crowd, 0, BURST);
      row(`${crowd.platform}, ${BURST} at once`, told(answers, crowd.patience), 'all within 2,500 ms');
    }
    for (const crowd of crowds)
      for (const outage of OUTAGES)
        row(
          `${crowd.platform}, after ${outage} s without a connection`,
          `served again after ${await afterOutage(crowd, outage)} ms`,
          '≤ 2,000 ms',
        );
    await memory(crowds, { pid: child.pid!, address, interactions });
    const violations = [...discord.fake.violations, ...telegram.fake.violations];
    row('against the platforms’ rules', `${violations.length} violations`, '0');
    for (const violation of new Set(violations)) console.error(violation);
  } finally {
    child.kill();
    await once(child, 'close');
    for (const { fake } of crowds) await fake.stop();
  }
}

function byKind(answers: readonly Answered[]): Map<string, Answered[]> {
  return Map.groupBy(answers, ({ what }) => what);
}

/** Milliseconds from the platform's being back to the first answer; somebody asks every few milliseconds. */
async function afterOutage(crowd: Crowd & { readonly fake: Fake }, seconds: number): Promise<string> {
  const back = await crowd.fake.cut();
  await sleep(seconds * 1000);
  await back();
  const began = performance.now();
  const { promise: served, resolve: answered } = Promise.withResolvers<number>();
  const asking = setInterval(async () => {
    const { milliseconds } = await crowd.ask(0);
    if (milliseconds !== undefined) answered(performance.now() - began);
  }, ASKED_EVERY);
  const took = await served;
  clearInterval(asking);
  return took.toFixed(0);
}

interface Fake {
  cut(): Promise<() => Promise<void>>;
}

async function memory(
  crowds: readonly Crowd[],
  { pid, address, interactions }: { pid: number; address: string; interactions: number },
): Promise<void> {
  const points: { done: number; resident: number; heap: number }[] = [];
  const step = Math.max(1, Math.floor(interactions / SAMPLES));
  const answers = await throughout(crowds, {
    count: interactions,
    width: WIDTH,
    async each(done) {
      if (done % step === 0)
        points.push({ done, resident: residentMegabytes(pid), heap: await heap(address) });
    },
  });
  const settled = points.filter(({ done }) => done >= interactions * SETTLING);
  const growth = (of: 'resident' | 'heap') =>
    (10_000 * slope(settled.map((point) => [point.done, point[of]] as const))).toFixed(1);
  row(`both, ${interactions} one after another`, told(answers, crowds[0]!.patience), 'memory flat');
  row(
    'resident memory',
    `${settled.at(0)?.resident.toFixed(0)} → ${settled.at(-1)?.resident.toFixed(0)} MB`,
    '',
  );
  row(
    'its slope',
    `${growth('resident')} MB in 10,000 (heap in use: ${growth('heap')} MB in 10,000)`,
    'about 0',
  );
}

/** MB of JavaScript's heap in use, what has not been collected yet included. */
async function heap(address: string): Promise<number> {
  const metrics = await (await fetch(new URL('/metrics', address))).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/mu.exec(metrics)?.[1]) / 2 ** 20;
}

function row(what: string, measured: string, aim = ''): void {
  console.log(`| ${what} | ${measured} | ${aim} |`);
}

const { values } = parseArgs({
  options: {
    database: { type: 'string' },
    seconds: { type: 'string', default: '60' },
    interactions: { type: 'string', default: '50000' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
try {
  console.log('| what | measured | aim |\n|---|---|---|');
  const database = values.database ? resolve(values.database) : prepare(folder);
  await benchPlatforms(database, {
    seconds: Number(values.seconds),
    interactions: Number(values.interactions),
  });
} finally {
  rmSync(folder, { recursive: true });
}
