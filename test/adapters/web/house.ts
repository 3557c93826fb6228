import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { createApp } from '../../../adapters/web/app.ts';
import type { WebParts } from '../../../adapters/web/parts.ts';
import { commands } from '../../../commands/index.ts';
import { readConfig } from '../../../src/config.ts';
import { type Core, openCore } from '../../../src/core.ts';
import { createLog } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { Titles } from '../../../src/titles/titles.ts';

export interface House {
  readonly core: Core;
  /** The routes with other settings or parts than the usual ones. */
  app(settings?: Readonly<Record<string, string>>, parts?: Partial<WebParts>): Hono;
  parts(parts?: Partial<WebParts>): WebParts;
  close(): Promise<void>;
}

/** How sure the resolver is of namesakes is its own business: here "King Kong" always has to be asked about. */
function askingAbout(titles: Titles): Titles {
  return {
    complete: (...args) => titles.complete(...args),
    async resolve(text, options) {
      if (!/^king kong$/iu.test(text)) return titles.resolve(text, options);
      const found = await Promise.all(['tt0360717', 'tt0024216'].map((id) => titles.resolve(id)));
      return {
        outcome: 'choose',
        candidates: found.flatMap((each) => (each.outcome === 'match' ? [each.best] : [])),
      };
    },
  };
}

/** The web side over the starter catalogue, in a folder of its own, which `fill` may fill beforehand. */
export async function openHouse(fill?: (folder: string) => Promise<unknown>): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-web-'));
  await fill?.(folder);
  const log = createLog({ level: 'fatal', secrets: [] });
  const opened = await openCore({ config: readConfig({ DATA_DIR: folder }), log });
  const core: Core = { ...opened, titles: askingAbout(opened.titles) };
  const sizes = async () => {
    const { movies, shows, titles } = await core.catalogue.stats();
    return { movies, shows, titles, vectors: 0 };
  };
  const parts = (more: Partial<WebParts> = {}): WebParts => ({
    log,
    core,
    commands,
    platforms: [{ name: 'discord', state: () => 'down' }],
    mounts: {},
    metrics: createMetrics(sizes),
    ...more,
  });
  return {
    core,
    parts,
    app: (settings = {}, more = {}) => createApp(readConfig(settings).http, parts(more)),
    async close() {
      await core.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
