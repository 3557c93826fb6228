import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../src/catalogue/sql/open.ts';
import { acquireLock } from '../src/store/lock.ts';
import { FakeGemini, GEMINI_KEY, quotaExceeded } from './fakes/gemini.ts';
import { FakePinecone, PINECONE_KEY } from './fakes/pinecone.ts';
import { aReadyFolder } from './fixtures/ready-folder.ts';

const CLI = join(import.meta.dirname, '../src/cli.ts');
const folder = mkdtempSync(join(tmpdir(), 'kindred-process-'));
const DATA_DIR = join(folder, 'var');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function kindred(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DATA_DIR, PORT: '0', ...env },
  });
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return { child, closed };
}

/** The last line on standard error of what ends with this exit code. */
async function saidBy(
  args: readonly string[],
  env: Record<string, string>,
  code = 1,
): Promise<string | undefined> {
  const { child, closed } = kindred(args, env);
  child.stdin.end();
  const said = await text(child.stderr);
  expect(await closed).toBe(code);
  return said.trimEnd().split('\n').at(-1);
}

/** Standard error's first line that fits. */
async function told(child: { readonly stderr: Readable }, pattern: RegExp): Promise<string> {
  for await (const line of createInterface({ input: child.stderr })) if (pattern.test(line)) return line;
  throw new Error(`it never said ${pattern}`);
}

describe('the program as a process', () => {
  beforeAll(() => aReadyFolder(DATA_DIR), 60_000);

  it('serves without standard input, says where, and ends with 0 on SIGTERM', async () => {
    const { child, closed } = kindred(['start']);
    child.stdin.end();
    const line = await told(child, /The web page is at/u);
    const address = line.split(' ').at(-1) ?? '';
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ status: 'ready' });
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
  });

  it('says in a sentence what Pinecone or Gemini refuses while it indexes, without a stack trace', async () => {
    const [pinecone, gemini] = [await FakePinecone.start(), await FakeGemini.start()];
    onTestFinished(() => pinecone.stop());
    onTestFinished(() => gemini.stop());
    const full = { error: { message: 'You have reached the max serverless indexes allowed' } };
    pinecone.fail({ status: 403, body: full }, { path: /^\/indexes$/u });
    const inPinecone = { PINECONE_API_KEY: PINECONE_KEY, PINECONE_CONTROLLER_URL: pinecone.url };
    expect(await saidBy(['index'], inPinecone)).toBe(
      `Pinecone does not make the index "kindred": Pinecone answered 403: ${full.error.message}`,
    );
    gemini.fail(quotaExceeded('9s', 'EmbedContentRequestsPerDayPerProject'));
    const byGemini = { GEMINI_API_KEY: GEMINI_KEY, GEMINI_API_URL: gemini.url };
    expect(await saidBy(['index'], byGemini)).toBe(
      "Gemini's quota of today is used up; run it again tomorrow, it goes on where it was",
    );
  });

  it('ends with 2 where Pinecone refuses the key in the middle of a job', async () => {
    const pinecone = await FakePinecone.start();
    onTestFinished(() => pinecone.stop());
    pinecone.fail({ status: 401, body: 'Invalid API Key' }, { path: /vectors\/fetch$/u });
    const env = { PINECONE_API_KEY: PINECONE_KEY, PINECONE_CONTROLLER_URL: pinecone.url };
    expect(await saidBy(['index'], env, 2)).toBe('Pinecone refuses PINECONE_API_KEY');
  });

  it('ends with 0 also when it is npm that gets the signal, and leaves no process behind', async () => {
    const child = spawn('npm', ['start'], {
      cwd: join(import.meta.dirname, '..'),
      env: { PATH: process.env.PATH ?? '', HOME: folder, DATA_DIR, PORT: '0' },
    });
    const closed = once(child, 'close');
    child.stdin.end();
    const address = (await told(child, /The web page is at/u)).split(' ').at(-1) ?? '';
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    await expect(fetch(`${address}/healthz`)).rejects.toThrow('fetch failed');
  });

  it('goes on without a server until it is told to stop', async () => {
    const { child, closed } = kindred(['start'], { PORT: 'off' });
    child.stdin.end();
    await told(child, /To add Telegram/u);
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
  });

  it('ends with 0 where it is stopped while it sets itself up', async () => {
    const { child, closed } = kindred(['start'], { DATA_DIR: join(folder, 'first') });
    child.stdin.end();
    await told(child, /Loading the starter catalogue/u);
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
  });

  it('ends well after a story that was searched while its index was being made', async () => {
    const { child, closed } = kindred(['chat'], { DATA_DIR: join(folder, 'story') });
    child.stdin.end('/plot a shark terrorises a beach\n');
    expect(await text(child.stdout)).toContain('Jaws (1975)');
    expect(await closed).toBe(0);
  });

  it('follows what another process imports, within seconds', async () => {
    const { child, closed } = kindred(['start']);
    child.stdin.end();
    const address = (await told(child, /The web page is at/u)).split(' ').at(-1) ?? '';
    const file = join(folder, 'one.jsonl');
    const { writeFile } = await import('node:fs/promises');
    await writeFile(
      file,
      '{"title":"The Unheard Of Zeppelin","year":1999,"overview":"A zeppelin is heard of at last."}\n',
    );
    const other = kindred(['import', 'jsonl', '--file', file]);
    expect(await other.closed).toBe(0);
    const find = async () =>
      (await (await fetch(`${address}/api/v1/titles?q=unheard+of+zeppelin`)).json()) as { outcome: string };
    const until = performance.now() + 10_000;
    let found = await find();
    // Asking is the only way to see from outside that it has followed.
    while (found.outcome !== 'match' && performance.now() < until) found = await find();
    expect(found.outcome).toBe('match');
    child.kill('SIGTERM');
    expect(await closed).toBe(0);
  }, 40_000);

  it('ends the chat quietly when nobody reads the answers any more', async () => {
    const { child, closed } = kindred(['chat']);
    child.stdin.end('heat\nalien\nheat\n');
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await text(child.stderr)).toBe('');
    expect(await closed).toBe(0);
  });

  it('says in one line that a port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { child, closed } = kindred(['start'], { PORT: String(port) });
    child.stdin.end();
    expect(await text(child.stderr)).toBe(
      `port ${port} on 127.0.0.1 is already in use: set PORT to another, or to off\n`,
    );
    expect(await closed).toBe(1);
    server.close();
  });

  it('refuses a database that a newer Kindred wrote, by name', async () => {
    const file = join(folder, 'newer.db');
    const { db, close } = await openDatabase(file);
    const untyped = db as unknown as import('kysely').Kysely<{
      kysely_migration: { name: string; timestamp: string };
    }>;
    await untyped
      .insertInto('kysely_migration')
      .values({ name: '9999-later', timestamp: '2100-01-01' })
      .execute();
    await close();
    const { child, closed } = kindred(['status'], { DATABASE_URL: `file:${file}` });
    expect(await text(child.stderr)).toMatch(
      new RegExp(`^${file} was written by a newer version of Kindred .*9999-later`, 'u'),
    );
    expect(await closed).toBe(1);
  });

  it('ends with 2 where an import is not told what to read', async () => {
    const { child, closed } = kindred(['import', 'jsonl']);
    expect(await text(child.stderr)).toMatch(/^Which file\? Name it with --file/u);
    expect(await closed).toBe(2);
  });

  it.each(['start', 'chat', 'status', 'register', 'examples'])(
    'ends with 2 where %s is given an argument, which it takes none of',
    async (task) => {
      const { child, closed } = kindred([task, 'heat']);
      child.stdin.end();
      expect(await text(child.stderr)).toBe(`Usage: npm run ${task}, without arguments (not: heat)\n`);
      expect(await closed).toBe(2);
    },
  );

  it('ends with 2 where the chat is to read from a folder', async () => {
    const input = openSync(folder, 'r');
    onTestFinished(() => closeSync(input));
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'chat'], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', DATA_DIR },
      stdio: [input, 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    expect(stderr).toBe('Standard input is a folder: nothing can be read from it.\n');
    expect(status).toBe(2);
  });

  it('says in words that another run is at work on the index', async () => {
    onTestFinished(acquireLock(join(DATA_DIR, 'index.lock')));
    const { child, closed } = kindred(['index']);
    expect(await text(child.stderr)).toMatch(/^Another run of Kindred is at work on this: .*Try again/u);
    expect(await closed).toBe(1);
  });

  it('leaves after indexing nothing for the next start to make', async () => {
    const own = await aReadyFolder(join(folder, 'indexed'));
    const made = ['titles.idx', 'plots.db'].map((file) => join(own, file));
    for (const file of made) rmSync(file);
    const indexed = kindred(['index'], { DATA_DIR: own });
    expect(await indexed.closed).toBe(0);
    const before = made.map((file) => statSync(file).mtimeMs);
    const { child, closed } = kindred(['chat'], { DATA_DIR: own });
    child.stdin.end('heat\n');
    expect(await text(child.stdout)).toContain('Heat (1995)');
    expect(await closed).toBe(0);
    expect(made.map((file) => statSync(file).mtimeMs)).toEqual(before);
  });

  it('loads the starter catalogue with the first index, says so before, and has no start load it again', async () => {
    const own = { DATA_DIR: join(folder, 'first-index') };
    expect(await saidBy(['index', '--dry-run'], own, 0)).toBe(
      'The films of the starter catalogue come on top.',
    );
    const indexed = kindred(['index'], own);
    expect(await text(indexed.child.stderr)).toMatch(
      /Loading the starter catalogue…[\s\S]* [1-9]\d+ embedded/u,
    );
    expect(await saidBy(['index', '--dry-run'], own, 0)).toBe('To embed: 0 texts, about 0 tokens.');
    const { child } = kindred(['chat'], own);
    child.stdin.end('heat\n');
    expect(await text(child.stderr)).toBe('');
  });

  it('says how to go on where an index is stopped while the starter catalogue is loaded', async () => {
    const { child, closed } = kindred(['index'], { DATA_DIR: join(folder, 'stopped-index') });
    let said = '';
    for await (const chunk of child.stderr.setEncoding('utf8')) {
      said += chunk;
      if (said.includes('Loading the starter catalogue') && !child.killed) child.kill('SIGINT');
    }
    expect(said).toMatch(/Stopped\..* run "npm run index" again/u);
    expect(await closed).toBe(1);
  });

  it('knows only its own commands', async () => {
    const { child, closed } = kindred(['constructor']);
    expect(await text(child.stderr)).toContain('There is no command "constructor"');
    expect(await closed).toBe(2);
  });
});
