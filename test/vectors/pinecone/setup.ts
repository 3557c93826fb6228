import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { PineconeConfig } from '../../../src/config.ts';
import type { Patience } from '../../../src/resilience.ts';
import { PineconeStore, type PineconeStoreOptions } from '../../../src/vectors/pinecone/pinecone-store.ts';
import type { VectorRecord } from '../../../src/vectors/vector-index.ts';
import { FakePinecone, PINECONE_KEY } from '../../fakes/pinecone.ts';

/** Pauses of milliseconds rather than seconds. */
const QUICK: Patience = { timeout: 10_000, attempts: 3, firstPause: 1, longestPause: 100 };
/** For tests in which nothing answers. */
export const HASTY: Patience = { ...QUICK, timeout: 250 };

export const WORDS = { id: 'words-4-aaaa-t1', dimensions: 4 };
export const OTHER = { id: 'other-4-bbbb-t1', dimensions: 4 };
export const WIDE = { id: 'wide-8-cccc-t1', dimensions: 8 };

export async function aPinecone(): Promise<FakePinecone> {
  const fake = await FakePinecone.start();
  onTestFinished(() => fake.stop());
  return fake;
}

export function configFor(fake: FakePinecone, changes: Partial<PineconeConfig> = {}): PineconeConfig {
  return {
    apiKey: PINECONE_KEY,
    index: 'kindred',
    namespace: '',
    cloud: 'aws',
    region: 'us-east-1',
    controllerUrl: fake.url,
    ...changes,
  };
}

type Changes = Partial<Omit<PineconeStoreOptions, 'config'>> & { config?: Partial<PineconeConfig> };

/** Whoever opens it closes it. */
export function openPinecone(
  fake: FakePinecone,
  { config, ...changes }: Changes = {},
): Promise<PineconeStore> {
  return PineconeStore.open({
    config: configFor(fake, config),
    log: pino({ enabled: false }),
    patience: QUICK,
    grace: 0,
    followEvery: 20,
    ...changes,
  });
}

export async function openStore(fake: FakePinecone, changes: Changes = {}): Promise<PineconeStore> {
  const store = await openPinecone(fake, changes);
  onTestFinished(() => store.close());
  return store;
}

/** A log, and what was written to it. */
export function aLog() {
  const lines: { level: number; msg: string }[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

export function aRecord(
  id: string,
  values: readonly number[],
  changes: Partial<VectorRecord> = {},
): VectorRecord {
  const length = Math.hypot(...values);
  return {
    id,
    values: Float32Array.from(values, (value) => value / length),
    metadata: { kind: 'movie', adult: false },
    textHash: `text of ${id}`,
    ...changes,
  };
}
