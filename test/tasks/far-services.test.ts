import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { RefusedCredential } from '../../src/errors.ts';
import { exportTask } from '../../src/tasks/export.ts';
import { index } from '../../src/tasks/index-task.ts';
import { status } from '../../src/tasks/status.ts';
import { DONE, type Task } from '../../src/tasks/task.ts';
import { FakeGemini, GEMINI_KEY } from '../fakes/gemini.ts';
import { PINECONE_KEY } from '../fakes/pinecone.ts';
import { aLog, aPinecone, openStore, WORDS } from '../vectors/pinecone/setup.ts';

/** Runs a task on an empty catalogue; `stop` stops it. */
function run(task: Task, env: Record<string, string>, args: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-task-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const stopping = new AbortController();
  const config = readConfig({ DATA_DIR: folder, ...env });
  const { log } = aLog();
  const ended = task({ config, args, log, stop: stopping.signal, say: () => {} });
  return { ended, stop: () => stopping.abort(new Error('stopped')) };
}

async function pineconeAndSettings() {
  const fake = await aPinecone();
  return { fake, env: { PINECONE_API_KEY: PINECONE_KEY, PINECONE_CONTROLLER_URL: fake.url } };
}

async function geminiAndSettings() {
  const fake = await FakeGemini.start();
  onTestFinished(() => fake.stop());
  return { fake, env: { GEMINI_API_KEY: GEMINI_KEY, GEMINI_API_URL: fake.url } };
}

async function shownBy(task: Task, env: Record<string, string>): Promise<string> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  expect(await run(task, env).ended).toBe(DONE);
  return write.mock.calls.map(([text]) => text).join('');
}

it.each([
  ['status', status, []],
  ['export --vectors', exportTask, ['--vectors']],
  ['index', index, []],
] as const)('%s stops when it is told to while Pinecone says nothing', async (_, task, args) => {
  const { fake, env } = await pineconeAndSettings();
  fake.fail('silence');
  const { ended, stop } = run(task, env, args);
  await Promise.all([
    expect(ended).rejects.toThrow('stopped'),
    vi.waitFor(() => expect(fake.count).toBe(1), 10_000).then(stop),
  ]);
});

it('index stops when it is told to while Gemini says nothing', async () => {
  const { fake, env } = await geminiAndSettings();
  fake.fail('silence');
  const { ended, stop } = run(index, env);
  await Promise.all([
    expect(ended).rejects.toThrow('stopped'),
    vi.waitFor(() => expect(fake.count).toBe(1), 10_000).then(stop),
  ]);
});

it('export asks no service for what lies in the catalogue', async () => {
  const [pinecone, gemini] = [await pineconeAndSettings(), await geminiAndSettings()];
  expect(await run(exportTask, { ...pinecone.env, ...gemini.env }).ended).toBe(DONE);
  expect(pinecone.fake.count + gemini.fake.count).toBe(0);
});

it('status says what is missing in Pinecone', async () => {
  const { fake, env } = await pineconeAndSettings();
  expect(await shownBy(status, env)).toContain(
    'Pinecone has no index "kindred" yet: "npm run index" makes it',
  );
  await (await openStore(fake)).create(WORDS);
  expect(await shownBy(status, env)).toContain('"kindred" is there and holds no vectors of Kindred');
});

it('status and a dry run of index spend no request of Gemini, and index checks the key', async () => {
  const { fake, env } = await geminiAndSettings();
  expect(await shownBy(status, env)).toContain('gemini-embedding-001');
  expect(await run(index, env, ['--dry-run']).ended).toBe(DONE);
  expect(fake.count).toBe(0);
  const refused = run(index, { ...env, GEMINI_API_KEY: 'AIza-wrong' }).ended;
  await expect(refused).rejects.toThrow(new RefusedCredential('GEMINI_API_KEY'));
});
