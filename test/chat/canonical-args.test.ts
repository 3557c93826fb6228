import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { similar } from '../../commands/similar.ts';
import { readArguments } from '../../src/chat/arguments.ts';
import { canonicalArgs } from '../../src/chat/canonical-args.ts';
import { readText } from '../../src/chat/read-text.ts';
import { en } from '../../src/messages/en.ts';
import { LANGUAGES, type Language, resources } from '../../src/messages/languages.ts';

const read = (language: Language, line: string) => {
  const { command, call } = readText(line, commands, language);
  return canonicalArgs(command, call.args, language);
};

describe('options in the person’s language', () => {
  it.each([
    ['es', 'alien género:terror desde:1980', { title: 'alien', genre: 'horror', from: '1980' }],
    [
      'es',
      'alien genero:-comedia género:"ciencia ficción"',
      { title: 'alien', genre: '-comedy,science-fiction' },
    ],
    [
      'es',
      'alien idioma:japonés país:Francia tipo:todo',
      { title: 'alien', language: 'ja', country: 'FR', kind: 'any' },
    ],
    ['de', 'alien jahrzehnt:80er privat:ja', { title: 'alien', decade: '80er', private: 'yes' }],
    ['fr', 'alien genre:horreur', { title: 'alien', genre: 'horror' }],
    ['pt', 'alien gênero:terror duração:120', { title: 'alien', genre: 'horror', runtime: '120' }],
    [
      'ru',
      'чужой жанр:ужасы от:1980 язык:французский',
      { title: 'чужой', genre: 'horror', from: '1980', language: 'fr' },
    ],
    [
      'ja',
      'エイリアン ジャンル：ホラー 言語:フランス語',
      { title: 'エイリアン', genre: 'horror', language: 'fr' },
    ],
    ['hi', 'alien शैली:हॉरर से:1980', { title: 'alien', genre: 'horror', from: '1980' }],
    ['ru', 'alien genre:horror from:1980', { title: 'alien', genre: 'horror', from: '1980' }],
  ] as const)('are read, in %s: %s', (language, line, args) => {
    expect(read(language, line)).toEqual(args);
  });

  it('leaves what is no option of ours where it stands', () => {
    expect(read('es', 'Misión:Imposible')).toEqual({ title: 'Misión:Imposible' });
    expect(read('de', 'alien género:terror')).toEqual({ title: 'alien género:terror' });
  });

  it.each(LANGUAGES)('a command is known by its name in %s', (language) => {
    const name = (resources[language].translation['command.movie'] ?? '').toUpperCase();
    expect(readText(`/${name} x`, commands, language).command.name).toBe('movie');
  });

  it.each(LANGUAGES)('the examples of the help are understood in %s', (language) => {
    for (const key of Object.keys(en).filter((each) => /^help\.(example[A-Z]|filters)/u.test(each))) {
      const text = (resources[language].translation as Readonly<Record<string, string>>)[key] ?? '';
      for (const [, line = ''] of text.matchAll(/<code>([^<]+)<\/code>/gu)) {
        const { command, call } = readText(line, commands, language);
        const args = canonicalArgs(command, call.args, language);
        expect(() => readArguments(command, args), line).not.toThrow();
        expect(Object.keys(args).length, line).toBe((line.match(/[:：]/gu) ?? []).length + 1);
      }
    }
  });

  it('a decade is read however it is written', () => {
    const decades = ['80s', '80er', '80-х', '1980年代', 'años 80', '80 के दशक'];
    for (const decade of decades)
      expect(readArguments(similar, { title: 'x', decade }).decade, decade).toBe(1980);
    for (const wrong of ['8', 'x', '80s 90s', '198', '19800'])
      expect(() => readArguments(similar, { title: 'x', decade: wrong }), wrong).toThrow();
  });
});
