import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { BotParts } from '../../src/chat/bot.ts';
import { complete } from '../../src/chat/complete.ts';
import { memoryPreferences } from '../fixtures/memory-views.ts';

const parts = { commands, preferences: memoryPreferences() } as unknown as BotParts;
const suggested = async (argument: string, typed: string, locale: string) =>
  (await complete(parts, 'similar', argument, typed, { locale })).map(
    ({ label, value }) => `${label}=${value}`,
  );

describe('suggestions while typing', () => {
  it('name genres in the person’s language, found by that name or the English one', async () => {
    expect(await suggested('genre', 'terr', 'es-ES')).toEqual(['Terror=horror']);
    expect(await suggested('genre', 'horr', 'es-ES')).toEqual(['Terror=horror']);
    expect(await suggested('genre', 'horror,-belic', 'es-ES')).toEqual(['horror, -Bélica=horror,-war']);
    expect(await suggested('genre', 'ホラ', 'ja')).toEqual(['ホラー=horror']);
  });

  it('name languages and countries so too', async () => {
    expect(await suggested('language', 'japo', 'es-419')).toEqual(['japonés=ja']);
    expect(await suggested('language', 'japa', 'de')).toEqual(['Japanisch=ja']);
    expect(await suggested('country', 'germ', 'ru')).toContain('Германия=DE');
  });
});
