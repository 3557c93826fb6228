import { isDeepStrictEqual } from 'node:util';
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { Arg } from '../../src/chat/args.ts';
import type { Command } from '../../src/chat/command.ts';
import { type MessageKey, say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import * as limits from './limits.ts';
import { localNames, localTexts } from './localizations.ts';

export type Registration = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** Where commands are registered: everywhere, or in one server only. */
export type Scope = 'global' | 'guild';

const words = new Wording('en');

/**
 * The command as Discord registers it. Usable in servers, in the bot's own chat and in every other one, installed
 * for a server or for a person. Throws RangeError where the declaration is more than Discord takes.
 */
export function registration(command: Command, scope: Scope): Registration {
  const args = Object.entries(command.args).filter(([, arg]) => !arg.hidden);
  limits.assertAtMost('options', args.length, limits.COMMAND_OPTIONS);
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    name_localizations: localNames('command', command.name),
    ...described(command.summary),
    // Discord wants the required ones first.
    options: args
      .toSorted(([, a], [, b]) => Number(b.required ?? false) - Number(a.required ?? false))
      .map(([name, arg]) => option(name, arg)),
    // A server's own commands take neither.
    ...(scope === 'global' && {
      integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
      contexts: [
        InteractionContextType.Guild,
        InteractionContextType.BotDM,
        InteractionContextType.PrivateChannel,
      ],
    }),
  };
}

function option(name: string, arg: Arg<unknown>): APIApplicationCommandBasicOption {
  const { shape } = arg;
  const common = {
    name,
    name_localizations: localNames('option', name),
    ...described(arg.summary),
    ...(arg.required && { required: true }),
  };
  switch (shape.kind) {
    case 'text':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        max_length: Math.min(shape.maxLength, limits.OPTION_TEXT),
        ...(shape.complete && { autocomplete: true }),
      };
    case 'integer':
      return {
        ...common,
        type: ApplicationCommandOptionType.Integer,
        min_value: shape.min,
        max_value: shape.max,
      };
    case 'choice':
      limits.assertAtMost('choices', shape.choices.length, limits.COMMAND_CHOICES);
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        choices: shape.choices.map((choice) => ({
          name: words.text(say(choice.label)),
          name_localizations: localTexts(choice.label, limits.CHOICE_NAME),
          value: choice.value,
        })),
      };
    case 'file':
      return { ...common, type: ApplicationCommandOptionType.Attachment };
    case 'flag':
      return { ...common, type: ApplicationCommandOptionType.Boolean };
  }
}

function described(key: MessageKey) {
  const description = words.text(say(key));
  limits.assertAtMost(key, description.length, limits.DESCRIPTION);
  return { description, description_localizations: localTexts(key, limits.DESCRIPTION) };
}

/** Whether what is registered is what we would register, so that nothing has to be sent. */
export function isRegistered(
  wanted: readonly Registration[],
  registered: readonly APIApplicationCommand[],
): boolean {
  const byName = (commands: readonly { name: string }[]) =>
    commands.toSorted((a, b) => a.name.localeCompare(b.name)).map(essence);
  return isDeepStrictEqual(byName(wanted), byName(registered));
}

/** What Discord adds to a command of its own accord. */
const ADDED = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'default_member_permissions',
  'dm_permission',
  'default_permission',
]);
const SETS = new Set(['integration_types', 'contexts']);

/** A command without what Discord adds and without what says nothing: null, false and empty lists. */
function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value)
    .filter(([name, field]) => !ADDED.has(name) && !saysNothing(field))
    .filter(([name]) => !(SETS.has(name) && 'guild_id' in value))
    .map(([name, field]) => [name, SETS.has(name) ? field.toSorted() : essence(field)]);
  return Object.fromEntries(fields);
}

function saysNothing(field: unknown): boolean {
  return (
    field === null || field === undefined || field === false || (Array.isArray(field) && field.length === 0)
  );
}
