import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const DOCS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('the documents', () => {
  it.each(DOCS)('name only commands that package.json has: %s', (file) => {
    const named = [...read(file).matchAll(/`npm (?:run )?([a-z]+)/gu)].map((match) => match[1] ?? '');
    const unknown = named.filter((name) => !(name in scripts) && !['ci', 'install', 'run'].includes(name));
    expect(unknown).toEqual([]);
  });

  it.each(DOCS)('link only to files that are there: %s', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/gu)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(file), link)))).toEqual([]);
  });

  it('the README shows the page and a chat, in pictures that load at once', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/gu)].map((match) => match[1]!);
    expect(pictures).toEqual(['docs/pictures/page.webp', 'docs/pictures/chat.webp']);
    for (const picture of pictures) {
      expect(statSync(join(ROOT, picture)).size).toBeGreaterThan(10_000);
      expect(statSync(join(ROOT, picture)).size).toBeLessThan(200_000);
    }
  });

  it('the README names every command that package.json has', () => {
    const readme = read('README.md');
    const unnamed = Object.keys(scripts).filter(
      (name) => !new RegExp(`npm (?:run )?${name}\\b`, 'u').test(readme),
    );
    expect(unnamed).toEqual([]);
  });

  it('every command of package.json that the command line runs is one it knows', () => {
    const known = new Set(
      [...read('src/cli.ts').matchAll(/^ {2}([a-z]+): async/gmu)].map((match) => match[1]),
    );
    const run = Object.values(scripts).flatMap(
      (script) =>
        /^(?:exec )?(?:env (?:\S+=\S+ )+)?node (?:--\S+ )*src\/cli\.ts (\w+)$/u.exec(script)?.[1] ?? [],
    );
    expect(new Set(run)).toEqual(known);
  });

  it('the README’s set-up is what .ci/run does', () => {
    const ci = read('.ci/run');
    expect(read('README.md')).toContain('npm ci && npm test');
    expect(ci).toContain('npm ci');
    expect(ci).toContain('npm test');
  });
});
