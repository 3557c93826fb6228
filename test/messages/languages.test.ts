import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { common } from '../../src/messages/common.ts';
import { en } from '../../src/messages/en.ts';
import { LANGUAGES, languageFor, resources } from '../../src/messages/languages.ts';

const PLURAL = /_(?:zero|one|two|few|many|other)$/u;
const baseOf = (key: string) => key.replace(PLURAL, '');
const placeholders = (text: string) =>
  new Set([...text.matchAll(/\{\{(\w+)/gu)].map((match) => match[1] as string));
const tags = (text: string) => [...text.matchAll(/<(\w+)>/gu)].map((match) => match[1]).sort();

const english: Readonly<Record<string, string>> = en;
const plurals = new Set(
  Object.keys(english)
    .filter((key) => PLURAL.test(key))
    .map(baseOf),
);
/** Every key a language needs: its own plural forms instead of the English ones. */
function needed(language: string): string[] {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  return Object.keys(english)
    .filter((key) => !(key in common) && !PLURAL.test(key))
    .concat([...plurals].flatMap((base) => pluralCategories.map((form) => `${base}_${form}`)));
}
const others = LANGUAGES.filter((language) => language !== 'en');
const textsOf = (language: (typeof LANGUAGES)[number]) =>
  Object.entries(resources[language].translation).filter(([key]) => !(key in common));

describe.each(others)('the messages in %s', (language) => {
  const texts = resources[language].translation;
  const english1 = (key: string) => english[key] ?? english[`${baseOf(key)}_other`] ?? '';

  it('are all there, with every plural form of the language, and no more', () => {
    const wanted = needed(language);
    expect({
      missing: wanted.filter((key) => !texts[key]),
      extra: textsOf(language).flatMap(([key]) => (wanted.includes(key) ? [] : [key])),
    }).toEqual({ missing: [], extra: [] });
  });

  it('have the values and styles of the English ones', () => {
    for (const [key, text] of textsOf(language)) {
      // "One film" may say its number in words.
      const own = placeholders(text).add(PLURAL.test(key) ? 'count' : '');
      const theirs = placeholders(english1(key)).add(PLURAL.test(key) ? 'count' : '');
      expect([...own].sort(), key).toEqual([...theirs].sort());
      expect(tags(text), key).toEqual(tags(english1(key)));
      expect(text.replaceAll(/<(b|i|code)>[^<]*<\/\1>/gu, ''), key).not.toMatch(/[<>]/u);
      expect(text.trim(), key).toBe(text);
    }
  });

  it('read lists and numbers by the same formats', () => {
    const formats = (text: string) =>
      [...text.matchAll(/\{\{(\w+, [^}]+)\}\}/gu)].map((match) => match[1]).sort();
    for (const [key, text] of textsOf(language)) expect(formats(text), key).toEqual(formats(english1(key)));
  });
});

it('every command, option and choice has a name that can be typed, in every language', () => {
  const names = commands.flatMap((command) => [
    `command.${command.name}`,
    ...Object.entries(command.args).flatMap(([name, { shape, hidden }]) => [
      ...(hidden ? [] : [`option.${name}`]),
      ...(shape.kind === 'choice'
        ? shape.choices.flatMap(({ value, label }) => (label in common ? [] : [`choice.${value}`]))
        : []),
    ]),
  ]);
  expect(names.filter((name) => !(name in english))).toEqual([]);
});

it('a locale of any spelling finds its language', () => {
  expect(['es-419', 'es_MX.UTF-8', 'ES', 'es@euro', 'C', undefined].map(languageFor)).toEqual([
    'es',
    'es',
    'es',
    'es',
    undefined,
    undefined,
  ]);
});
