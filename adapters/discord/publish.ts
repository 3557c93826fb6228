import { DiscordAPIError, type REST } from 'discord.js';
import {
  type RESTGetAPIApplicationCommandsResult,
  type RESTGetCurrentApplicationResult,
  Routes,
} from 'discord-api-types/v10';
import { RefusedCredential } from '../../src/chat/adapter.ts';
import type { Command } from '../../src/chat/command.ts';
import { isRegistered, registration } from './commands.ts';

/**
 * Publishes the commands where they differ from what is registered; only for one server where `guildId` is given.
 * `signal` ends it. Throws {@link RefusedCredential} where Discord does not take the token.
 */
export async function publishCommands(
  rest: REST,
  commands: readonly Command[],
  { guildId, signal }: { readonly guildId?: string | undefined; readonly signal: AbortSignal },
): Promise<'published' | 'unchanged'> {
  try {
    const { id } = (await rest.get(Routes.currentApplication(), {
      signal,
    })) as RESTGetCurrentApplicationResult;
    const route = guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id);
    const wanted = commands.map((command) => registration(command, guildId ? 'guild' : 'global'));
    const query = new URLSearchParams({ with_localizations: 'true' });
    const registered = (await rest.get(route, { query, signal })) as RESTGetAPIApplicationCommandsResult;
    if (isRegistered(wanted, registered)) return 'unchanged';
    await rest.put(route, { body: wanted, signal });
    return 'published';
  } catch (error) {
    throw isRefusal(error) ? new RefusedCredential('DISCORD_TOKEN', { cause: error }) : error;
  }
}

/** What trying again does not mend: a declaration that Discord does not take, or a server that we are not in. */
export function isRejected(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  return error instanceof DiscordAPIError && error.status < 500 && error.status !== 429;
}

function isRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}
