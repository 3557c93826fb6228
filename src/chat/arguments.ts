import { nameOf, say } from '../messages/message.ts';
import { quote } from './args.ts';
import type { Args, Command, Values } from './command.ts';
import { UserError } from './errors.ts';

/**
 * Texts → typed values, by the command's declaration. Throws {@link UserError} on an argument the command does not
 * have, on a required one that is missing or blank, and on one that does not read.
 */
export function readArguments(command: Command, texts: Readonly<Record<string, string>>): Values<Args> {
  const unknown = Object.keys(texts).find((name) => !Object.hasOwn(command.args, name));
  if (unknown)
    throw new UserError(say('error.unknownArgument', { name: quote(unknown), command: `/${command.name}` }));
  const values: Record<string, unknown> = {};
  for (const [name, arg] of Object.entries(command.args)) {
    const text = visible(texts[name]);
    if (text) values[name] = arg.parse(text);
    else if (arg.required)
      throw new UserError(
        say('error.missing', { name: nameOf('option', name), command: `/${command.name}` }),
      );
  }
  return values as Values<Args>;
}

/** The arguments that anybody may write down: without those that a pressed button alone may set. */
export function withoutHidden(
  command: Command,
  texts: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !command.args[name]?.hidden));
}

/** Without control characters and invisible signs at the ends; undefined where nothing is left. */
function visible(text: string | undefined): string | undefined {
  return text?.replaceAll(/[\p{Cc}\p{Cf}]+/gu, (run) => (/\s/u.test(run) ? ' ' : '')).trim() || undefined;
}
