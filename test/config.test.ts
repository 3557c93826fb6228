import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ConfigError, readConfig } from '../src/config.ts';

const problems = (env: Record<string, string>) => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as ConfigError).problems;
  }
};

describe('the configuration', () => {
  it('needs nothing at all', () => {
    expect(readConfig({})).toEqual({
      dataDir: 'var',
      databaseFile: 'var/kindred.db',
      trakt: { apiUrl: 'https://api.trakt.tv' },
      tmdb: { apiUrl: 'https://api.themoviedb.org' },
      http: { port: 3000, host: '127.0.0.1', trustProxy: false, posters: true },
      logLevel: 'info',
      secrets: [],
    });
  });

  it('tells every wrong setting by name, all at once', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      TELEGRAM_BOT_TOKEN: 'not a token',
      TELEGRAM_WEBHOOK_URL: 'https://bot.example',
      DISCORD_API_URL: 'ftp://x',
      DATABASE_URL: 'postgres://x',
    };
    const named = problems(wrong).map((problem) => problem.split(' ')[0]);
    expect(new Set(named)).toEqual(
      new Set([...Object.keys(wrong), 'TELEGRAM_WEBHOOK_SECRET']).difference(
        new Set(['TELEGRAM_WEBHOOK_URL']),
      ),
    );
  });

  it('never repeats a wrong value, which may be a secret', () => {
    expect(problems({ TELEGRAM_BOT_TOKEN: 'hunter2 hunter2' }).join()).not.toContain('hunter2');
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readConfig({ PORT: '', DISCORD_TOKEN: ' ' })).toEqual(readConfig({}));
  });

  it('can turn the web side off', () => {
    expect(readConfig({ PORT: 'off' }).http).not.toHaveProperty('port');
  });

  it('refuses to take in over HTTP what no server listens for', () => {
    const secrets = { TELEGRAM_BOT_TOKEN: '123456:ABC', TELEGRAM_WEBHOOK_SECRET: 's' };
    const discord = { DISCORD_TOKEN: 't', DISCORD_PUBLIC_KEY: 'a'.repeat(64) };
    const over = { ...secrets, ...discord, TELEGRAM_WEBHOOK_URL: 'https://bot.example/telegram' };
    expect(() => readConfig({ ...over, PORT: 'off' })).toThrow(
      /DISCORD_PUBLIC_KEY .*\n.*TELEGRAM_WEBHOOK_URL /u,
    );
    expect(() => readConfig(over)).not.toThrow();
  });

  it('keeps the database elsewhere where that is asked', () => {
    expect(readConfig({ DATABASE_URL: 'file:///data/k.db' }).databaseFile).toBe('/data/k.db');
    expect(readConfig({ DATABASE_URL: 'file:x/k.db' }).databaseFile).toBe('x/k.db');
  });
});

describe('.env.example', () => {
  it('lists every variable that the configuration reads, and no other', () => {
    const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
    const read = new Set(source.match(/(?<=')[A-Z][A-Z_]{3,}(?=')/gu));
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const listed = new Set([...example.matchAll(/^#?([A-Z_]+)=/gmu)].map((match) => match[1]));
    expect([...listed].sort()).toEqual([...read].sort());
  });
});
