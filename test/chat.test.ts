import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReadyFolder } from './fixtures/ready-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindred-'));
const DATA_DIR = join(folder, 'var');
beforeAll(() => aReadyFolder(DATA_DIR));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Finished {
  readonly code: number | null;
  readonly answers: string;
  readonly told: string;
}

async function kindred(task: string, input: string, env: Record<string, string> = {}): Promise<Finished> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/cli.ts'), task], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DATA_DIR, ...env },
  });
  child.stdin.end(input);
  const [answers, told, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  return { code, answers, told };
}

describe('npm run chat', () => {
  it('sets itself up from nothing and answers the main question, typos and all', async () => {
    const { code, answers } = await kindred('chat', 'inceptoin\n', { DATA_DIR: join(folder, 'nothing') });
    expect(code).toBe(0);
    expect(answers).toContain('Because you like Inception (2010):');
    for (const rank of [1, 2, 3, 4, 5])
      expect(answers).toMatch(new RegExp(`^ ${rank}  .+ \\(\\d{4}\\) +\\d+ %$`, 'mu'));
    expect(answers).not.toMatch(/^ \d {2}Inception/mu);
  });

  it('gives the same answers line for line the second time', async () => {
    const lines =
      'inceptoin\nthe thing\n1\n/more\nspirited away genre:animation\n/plot robots fall in love\n/help\n';
    const first = await kindred('chat', lines);
    const second = await kindred('chat', lines);
    expect(second.answers).toBe(first.answers);
  });

  it('asks which one is meant and answers the pick', async () => {
    const { answers } = await kindred('chat', 'the thing\n1\n');
    expect(answers).toContain('Which one do you mean?');
    expect(answers).toMatch(/^ 1 {2}The Thing \(1982\) · /mu);
    expect(answers).toContain('Because you like The Thing (1982):');
  });

  const mistakes: [string, RegExp][] = [
    ['🦄🦄🦄', /I found no film|Please type/u],
    ['<b>\u0007*_~`|</b>', /I found no film|Please type/u],
    ['x'.repeat(10_000), /too long/u],
    ['Ваше имя нигде', /I found no film|Which one/u],
    ['alien from:soon', /“soon” is no number that works for from/u],
    ['alien from:2000 to:1990', /leaves nothing/u],
    ['alien genre:spaghetti', /I know Action, Adventure/u],
    ['/frobnicate', /I do not know \/frobnicate/u],
    ['/similar', /Please say which title/u],
  ];

  it('answers every kind of bad input with a clear sentence of its own', async () => {
    const { code, answers, told } = await kindred(
      'chat',
      mistakes.map(([line]) => `${line}\n`).join('/help\n'),
    );
    // Each answer to /help begins the same way, so it separates the answers around it.
    const parts = answers.split(/^Tell me a film[\s\S]*?stays on the machine[^\n]*\n/mu);
    expect(parts).toHaveLength(mistakes.length);
    for (const [index, [line, sentence]] of mistakes.entries()) expect(parts[index], line).toMatch(sentence);
    expect(answers).not.toMatch(/\bat .+\.ts:\d+/u);
    expect(told).toBe('');
    expect(code).toBe(0);
  });

  it('names every wrong setting and starts nothing', async () => {
    const { code, answers, told } = await kindred('chat', 'inception\n', { PORT: 'x', LOG_LEVEL: 'loud' });
    expect(code).toBe(2);
    expect(told).toMatch(/PORT .*\n.*LOG_LEVEL/u);
    expect(answers).toBe('');
  });

  it('names a damaged database and leaves it as it is', async () => {
    const file = join(folder, 'damaged.db');
    const bytes = 'this is no database at all, and never was one';
    writeFileSync(file, bytes);
    const { code, told } = await kindred('chat', 'inception\n', { DATABASE_URL: `file:${file}` });
    expect(code).toBe(1);
    expect(told).toContain(file);
    expect(readFileSync(file, 'utf8')).toBe(bytes);
    expect(told).not.toMatch(/\bat .+\.ts:\d+/u);
  });
});
