import type { Language } from '../messages/languages.ts';
import { say } from '../messages/message.ts';
import { namedIn } from '../messages/names.ts';
import { quote } from './args.ts';
import type { Command } from './command.ts';
import { UserError } from './errors.ts';
import type { Call } from './invocation.ts';

export interface ReadText {
  readonly command: Command;
  readonly call: Call;
  /** What followed the command, with nothing split off. */
  readonly typed: string;
}

/** `key:value` or `key:"two words"`, no space after the colon. A Japanese keyboard writes a wide one. */
const OPTION =
  /(?<=^|\s)([\p{L}\p{M}'-]+)[:：]("[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|\S+)(?=\s|$)/gu;
const QUOTES = /^["“„«「]|["”“»」]$/gu;

/**
 * Reads a line as people write it where there are no named options. `/name@bot words key:value` runs that command;
 * words without a slash mean `/similar`. Only keys that the command declares, and does not hide, are options:
 * everything else stays part of the free words, which go to the command's first argument. Commands and keys are understood in English and
 * in the person's language.
 */
export function readText(line: string, commands: readonly Command[], language: Language = 'en'): ReadText {
  const slash = /^\/([^\s@]*)(?:@\S+)?(?:\s+|$)/u.exec(line.trimStart());
  const name = slash ? slash[1]!.toLowerCase() : 'similar';
  const names = commands.map((each) => each.name);
  const called = name === 'start' ? 'help' : namedIn(language, 'command', name, names);
  const command = commands.find((each) => each.name === called);
  if (!command) throw new UserError(say('error.unknownCommand', { command: quote(`/${name}`) }));
  const typed = (slash ? line.trimStart().slice(slash[0].length) : line).trim();
  return { command, call: { command: command.name, args: splitOptions(typed, command, language) }, typed };
}

function splitOptions(typed: string, command: Command, language: Language): Record<string, string> {
  const names = Object.keys(command.args).filter((name) => !command.args[name]!.hidden);
  const args: Record<string, string> = {};
  const words = typed.replaceAll(OPTION, (whole, key: string, value: string) => {
    const name = namedIn(language, 'option', key, names);
    if (name === undefined) return whole;
    const text = value.replaceAll(QUOTES, '');
    // The same key twice adds to a list where the argument is one ("genre:horror genre:comedy").
    args[name] = args[name] ? `${args[name]},${text}` : text;
    return ' ';
  });
  const [first] = names;
  const free = words.replaceAll(/\s+/gu, ' ').trim();
  if (free && first && !(first in args)) args[first] = free;
  return args;
}
