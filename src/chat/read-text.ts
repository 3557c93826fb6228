import { say } from '../messages/message.ts';
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

/** `key:value` or `key:"two words"`, no space after the colon. */
const OPTION = /(?<=^|\s)([a-z]+):("[^"]*"|“[^”]*”|\S+)(?=\s|$)/giu;

/**
 * Reads a line as people write it where there are no named options. `/name@bot words key:value` runs that command;
 * words without a slash mean `/similar`. Only keys that the command declares are options: everything else stays
 * part of the free words, which go to the command's first argument.
 */
export function readText(line: string, commands: readonly Command[]): ReadText {
  const slash = /^\/([^\s@]*)(?:@\S+)?(?:\s+|$)/u.exec(line.trimStart());
  const name = slash ? slash[1]!.toLowerCase() : 'similar';
  const command = commands.find((each) => each.name === (name === 'start' ? 'help' : name));
  if (!command) throw new UserError(say('error.unknownCommand', { command: quote(`/${name}`) }));
  const typed = (slash ? line.trimStart().slice(slash[0].length) : line).trim();
  return { command, call: { command: command.name, args: splitOptions(typed, command) }, typed };
}

function splitOptions(typed: string, command: Command): Record<string, string> {
  const args: Record<string, string> = {};
  const words = typed.replaceAll(OPTION, (whole, key: string, value: string) => {
    const name = key.toLowerCase();
    if (!Object.hasOwn(command.args, name)) return whole;
    const text = value.replaceAll(/^["“]|["”]$/gu, '');
    // The same key twice adds to a list where the argument is one ("genre:horror genre:comedy").
    args[name] = args[name] ? `${args[name]},${text}` : text;
    return ' ';
  });
  const [first] = Object.keys(command.args);
  const free = words.replaceAll(/\s+/gu, ' ').trim();
  if (free && first && !(first in args)) args[first] = free;
  return args;
}
