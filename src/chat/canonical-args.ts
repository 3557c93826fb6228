import type { Language } from '../messages/languages.ts';
import { codeIn, genresIn, namedIn } from '../messages/names.ts';
import type { Arg } from './args.ts';
import type { Command } from './command.ts';

/**
 * The arguments with what was written in the person's language in the spelling that we keep: `terror` → `horror`,
 * `japonés` → `ja`, `sí` → `yes`. So a button made from them means the same to everybody and for good. What is not
 * known stays as it is, for the argument's own reader to refuse.
 */
export function canonicalArgs(
  command: Command,
  texts: Readonly<Record<string, string>>,
  language: Language,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const arg = Object.hasOwn(command.args, name) ? command.args[name] : undefined;
      return [name, arg ? canonical(arg, text, language) : text];
    }),
  );
}

function canonical({ shape }: Arg<unknown>, text: string, language: Language): string {
  switch (shape.kind) {
    case 'choice':
      return (
        namedIn(
          language,
          'choice',
          text,
          shape.choices.map(({ value }) => value),
        ) ?? text
      );
    case 'flag':
      return namedIn(language, 'choice', text, ['yes', 'no']) ?? text;
    case 'text':
      if (shape.complete === 'genre') return genres(text, language);
      // A code is itself: "de" is German also to a Spaniard.
      if (/^[a-z]{2}$/iu.test(text)) return text;
      if (shape.complete === 'language') return codeIn(language, 'language', text) ?? text;
      if (shape.complete === 'country') return codeIn(language, 'region', text) ?? text;
      return text;
    case 'integer':
    case 'file':
      return text;
  }
}

function genres(text: string, language: Language): string {
  return text
    .split(/[,，、]/u)
    .flatMap((each) => {
      const word = each.trim();
      const sign = /^[-−–－]/u.test(word) ? '-' : '';
      const known = genresIn(language, sign ? word.slice(1) : word);
      return known?.length ? known.map((slug) => sign + slug) : [word];
    })
    .join(',');
}
