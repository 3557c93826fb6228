import { COUNTRIES, LANGUAGE_CODES } from '../catalogue/codes.ts';
import { GENRE_SLUGS, GENRES, type Genre } from '../catalogue/genres.ts';
import { foldAccents } from '../messages/fold.ts';
import type { Language } from '../messages/languages.ts';
import { say } from '../messages/message.ts';
import { Wording } from '../messages/wording.ts';
import type { BotParts } from './bot.ts';
import type { Invocation } from './invocation.ts';
import { languageOf } from './language-of.ts';
import { referenceTo } from './references.ts';

/** One suggestion while an argument is being typed: what is shown, and what is sent when it is picked. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
}

const MAX_SUGGESTIONS = 25;

export async function complete(
  parts: BotParts,
  commandName: string,
  argument: string,
  typed: string,
  invocation: Omit<Invocation, 'ask'>,
): Promise<Suggestion[]> {
  const command = parts.commands.find((each) => each.name === commandName);
  const shape = command?.args[argument]?.shape;
  if (shape?.kind !== 'text' || !shape.complete) return [];
  const language = await languageOf(parts, invocation);
  switch (shape.complete) {
    case 'title':
      return titles(parts, typed, invocation);
    case 'genre':
      return genres(typed, language);
    case 'language':
      return named(LANGUAGE_CODES, typed, (words, code) => words.languageName(code), language);
    case 'country':
      return named(COUNTRIES, typed, (words, code) => words.countryName(code), language);
  }
}

async function titles(
  parts: BotParts,
  typed: string,
  invocation: Omit<Invocation, 'ask'>,
): Promise<Suggestion[]> {
  if ([...typed.trim()].length < 2) return [];
  const candidates = await parts.titles.complete(typed, MAX_SUGGESTIONS, {
    adult: invocation.chat?.ageRestricted ?? false,
    ...(invocation.signal && { signal: invocation.signal }),
  });
  return candidates.map((candidate) => ({
    label: candidate.year === undefined ? candidate.title : `${candidate.title} (${candidate.year})`,
    value: referenceTo(candidate),
  }));
}

/** Completes the last of a list: "horror, -com" → "horror,-comedy". */
function genres(typed: string, language: Language): Suggestion[] {
  const words = new Wording(language);
  const earlier = typed.split(',').map((word) => word.trim());
  const last = earlier.pop() ?? '';
  const sign = last.startsWith('-') ? '-' : '';
  const kept = earlier.filter(Boolean);
  const nameOf = (slug: Genre) => words.text(say(`genre.${slug}`));
  const fits = (slug: Genre) =>
    [nameOf(slug), GENRES[slug]].some((name) => matches(name, last.slice(sign.length)));
  return GENRE_SLUGS.filter((slug) => !kept.includes(slug) && fits(slug))
    .slice(0, MAX_SUGGESTIONS)
    .map((slug) => ({
      label: [...kept, `${sign}${nameOf(slug)}`].join(', '),
      value: [...kept, `${sign}${slug}`].join(','),
    }));
}

/** What is called as typed in the person's language or in English, or has it as its code. */
function named(
  codes: readonly string[],
  typed: string,
  nameOf: (words: Wording, code: string) => string,
  language: Language,
): Suggestion[] {
  const own = new Wording(language);
  const english = new Wording('en');
  const fits = (code: string) =>
    [nameOf(own, code), nameOf(english, code)].some((name) => matches(name, typed)) ||
    code.toLowerCase() === typed.trim().toLowerCase();
  return codes
    .filter(fits)
    .slice(0, MAX_SUGGESTIONS)
    .map((code) => ({ label: nameOf(own, code), value: code }));
}

/** Some word of the name begins with what was typed. */
function matches(name: string, typed: string): boolean {
  const wanted = foldAccents(typed).trim();
  const folded = foldAccents(name);
  return folded.startsWith(wanted) || folded.split(/[\s-]+/u).some((word) => word.startsWith(wanted));
}
