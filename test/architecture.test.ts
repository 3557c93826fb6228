import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'|^import '([^']+)'/gmu)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}

/** Where a relative import leads, as a path from the root. */
function target(file: string, specifier: string): string {
  return relative(ROOT, resolve(ROOT, dirname(file), specifier));
}

/** The one place in which each client is known. */
const CLIENTS: Record<string, RegExp> = {
  'discord.js': /^adapters\/discord\//u,
  grammy: /^adapters\/telegram\//u,
  '@grammyjs/runner': /^adapters\/telegram\//u,
  '@grammyjs/auto-retry': /^adapters\/telegram\//u,
  '@pinecone-database/pinecone': /^src\/vectors\/pinecone/u,
  '@google/generative-ai': /^src\/embedding\/gemini\.ts$/u,
  'node:sqlite': /^src\/(?:store|search|catalogue\/sql|vectors\/embedded|ingest)\//u,
};

describe('the house', () => {
  const sources = ['src', 'commands', 'adapters'].flatMap(filesUnder);

  it('lets each room know only the rooms it may', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => target(file, specifier))
        .filter((to) => !allowed(file, to))
        .map((to) => `${file} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps each client in its one place', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier in CLIENTS && !CLIENTS[specifier]?.test(file))
        .map((specifier) => `${file} → ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['src/cli.ts']);
  });

  it('has no words for people in commands, answers or renderers, only message keys', () => {
    const drawn = sources.filter((file) => /^(?:commands|src\/answers)\/|\/render[^/]*\.ts$/u.test(file));
    expect(drawn.length).toBeGreaterThan(5);
    expect(
      drawn.flatMap((file) =>
        literalsOf(file)
          .filter(isProse)
          .map((text) => `${file}: ${text}`),
      ),
    ).toEqual([]);
  });
});

function allowed(from: string, to: string): boolean {
  if (from === 'src/main.ts' || from === 'src/cli.ts') return true;
  if (to.startsWith('src/')) return true;
  const [room, folder] = from.split('/');
  if (room === 'adapters') return to.startsWith(`adapters/${folder}/`);
  return room === 'commands' && to.startsWith('commands/');
}

/** String literals of a file, without imports, comments and messages of errors that nobody is shown. */
function literalsOf(file: string): string[] {
  const code = readFileSync(join(ROOT, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '')
    .replaceAll(/^(?:import|export) [\s\S]*?from '[^']+';$/gmu, '')
    .replaceAll(/new (?:Range|Type)?Error\((?:`[^`]*`|'[^'\n]*'|[^)`'])*\)/gu, '');
  return [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`([^`]*)`/gu)].map((match) => match[1] ?? match[2] ?? '');
}

/** Sites' own names are the same in every language; a slash begins something to be typed. */
const NAMES = new Set(['IMDb', 'TMDB', 'Letterboxd', 'Trakt']);

function isProse(text: string): boolean {
  const words = text.replaceAll(/\$\{[^}]*\}/gu, ' ').trim();
  if (words.startsWith('/') || NAMES.has(words)) return false;
  return /^[A-Z][a-z]{2,}/u.test(words) || /\p{L}{2,} \p{L}{2,}/u.test(words);
}
