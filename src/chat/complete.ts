import { COUNTRIES, LANGUAGE_CODES } from '../catalogue/codes.ts';
import { GENRE_SLUGS } from '../catalogue/genres.ts';
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
      return named(LANGUAGE_CODES, typed, (code) => new Wording(language).languageName(code));
    case 'country':
      return named(COUNTRIES, typed, (code) => new Wording(language).countryName(code));
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
  const nameOf = (slug: (typeof GENRE_SLUGS)[number]) => words.text(say(`genre.${slug}`));
  return GENRE_SLUGS.filter((slug) => !kept.includes(slug) && matches(nameOf(slug), last.slice(sign.length)))
    .slice(0, MAX_SUGGESTIONS)
    .map((slug) => ({
      label: [...kept, `${sign}${nameOf(slug)}`].join(', '),
      value: [...kept, `${sign}${slug}`].join(','),
    }));
}

function named(codes: readonly string[], typed: string, nameOf: (code: string) => string): Suggestion[] {
  return codes
    .map((code) => ({ label: nameOf(code), value: code }))
    .filter(({ label, value }) => matches(label, typed) || value.toLowerCase() === typed.trim().toLowerCase())
    .slice(0, MAX_SUGGESTIONS);
}

/** Some word of the name begins with what was typed. */
function matches(name: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  const folded = name.toLowerCase();
  return folded.startsWith(wanted) || folded.split(/[\s-]+/u).some((word) => word.startsWith(wanted));
}
