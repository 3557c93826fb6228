import {
  type APIApplicationCommandInteractionDataOption,
  type APIChatInputApplicationCommandInteractionData,
  type APIInteraction,
  ApplicationCommandType,
  ComponentType,
  InteractionContextType,
  InteractionType,
  MessageFlags,
} from 'discord-api-types/v10';
import type { Chat, Invocation } from '../../src/chat/invocation.ts';
import { votesIn } from './poll.ts';

/** A press of a button or a choice in a select. */
interface Press {
  /** Message, button and person: two presses with the same key are a double click. */
  readonly key: string;
  /** The pressed message is shown to one person only. */
  readonly ephemeral: boolean;
}

/** A file on Discord's host, not fetched yet. */
export interface SentFile {
  readonly name: string;
  readonly size: number;
  readonly url: string;
}

/** What an interaction is to us. */
export type Incoming =
  | { readonly kind: 'ping' }
  | {
      readonly kind: 'ask';
      readonly invocation: Invocation;
      /** The answer was asked for in private: known before the answer is. */
      readonly private: boolean;
      readonly press?: Press;
      /** Files among the options. */
      readonly files?: readonly SentFile[];
    }
  | {
      readonly kind: 'complete';
      readonly command: string;
      readonly argument: string;
      readonly typed: string;
      readonly invocation: Omit<Invocation, 'ask'>;
    }
  | { readonly kind: 'unknown' };

/** Reads an interaction as it comes over the gateway or over HTTP: the two are the same JSON. Pure. */
export function readInteraction(raw: APIInteraction): Incoming {
  switch (raw.type) {
    case InteractionType.Ping:
      return { kind: 'ping' };
    case InteractionType.ApplicationCommand: {
      if (raw.data.type !== ApplicationCommandType.ChatInput) return { kind: 'unknown' };
      const args = texts(raw.data.options ?? []);
      const ask = { kind: 'command', command: raw.data.name, args } as const;
      const files = filesOf(raw.data);
      return {
        kind: 'ask',
        invocation: { ask, ...context(raw) },
        private: args.private === 'true',
        ...(files.length > 0 && { files }),
      };
    }
    case InteractionType.MessageComponent: {
      const { data, message } = raw;
      if (data.component_type !== ComponentType.Button && data.component_type !== ComponentType.StringSelect)
        return { kind: 'unknown' };
      const id = data.component_type === ComponentType.Button ? data.custom_id : (data.values[0] ?? '');
      const poll = votesIn(message);
      const invocation = { ask: { kind: 'button', id } as const, ...context(raw), ...(poll && { poll }) };
      const press = {
        key: [message.id, id, invocation.asker].join(' '),
        ephemeral: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
      };
      return { kind: 'ask', invocation, private: press.ephemeral, press };
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const focused = raw.data.options.find((option) => 'focused' in option && option.focused);
      if (!focused || !('value' in focused)) return { kind: 'unknown' };
      return {
        kind: 'complete',
        command: raw.data.name,
        argument: focused.name,
        typed: String(focused.value),
        invocation: context(raw),
      };
    }
    default:
      return { kind: 'unknown' };
  }
}

function filesOf({ resolved }: APIChatInputApplicationCommandInteractionData): SentFile[] {
  return Object.values(resolved?.attachments ?? {}).map(({ filename, size, url }) => ({
    name: filename,
    size,
    url,
  }));
}

/** Options by name, each as the text that a person could have typed. */
function texts(options: readonly APIApplicationCommandInteractionDataOption[]): Record<string, string> {
  return Object.fromEntries(
    options.flatMap((option) => ('value' in option ? [[option.name, String(option.value)]] : [])),
  );
}

function context(raw: Exclude<APIInteraction, { type: InteractionType.Ping }>): Omit<Invocation, 'ask'> {
  const person = raw.member?.user ?? raw.user;
  return {
    chat: chatOf(raw),
    ...(person && {
      asker: `discord:${person.id}`,
      name: raw.member?.nick ?? person.global_name ?? person.username,
    }),
    ...('locale' in raw && { locale: raw.locale }),
  };
}

function chatOf(raw: APIInteraction): Chat {
  const channel = raw.channel;
  const withBot = raw.context === undefined ? !raw.guild_id : raw.context === InteractionContextType.BotDM;
  return {
    kind: withBot ? 'private' : 'group',
    whispers: true,
    ...(channel && { key: `discord:${channel.id}` }),
    // A thread does not say it, so it counts as open to everybody.
    ageRestricted: channel !== undefined && 'nsfw' in channel && channel.nsfw === true,
  };
}
