/** A command with its arguments as text: what a person typed, or what a button stands for. */
export interface Call {
  readonly command: string;
  readonly args: Readonly<Record<string, string>>;
}

/** What reached us: a command with named options, a pressed button, or words to be read. */
export type Ask =
  | ({ readonly kind: 'command' } & Call)
  | {
      readonly kind: 'button';
      readonly id: string;
      /** It came in a link, which anybody can write: what only a button of ours may say is not heard. */
      readonly linked?: boolean;
    }
  | { readonly kind: 'text'; readonly text: string };

export interface Chat {
  readonly kind: 'private' | 'group';
  /** `platform:id`, for the chat's own language. Never logged. */
  readonly key?: string;
  /** The topic of the chat that this was said in, by the platform's own name, where it has topics. */
  readonly thread?: string;
  /** Adult titles may be shown here. */
  readonly ageRestricted?: boolean;
  /** In a group: one person can be answered so that nobody else sees it. */
  readonly whispers?: boolean;
}

/** A file that somebody sent. Nothing of it is fetched before it is asked for. */
export interface Attachment {
  readonly name: string;
  /** Bytes, where the platform tells. */
  readonly size?: number;
  /** Rejects with {@link TooLarge} as soon as more than `max` bytes have come. */
  fetch(max: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** More bytes than were asked for. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** One question to the bot, as plain data. The same whichever platform it came from. */
export interface Invocation {
  readonly ask: Ask;
  /** Who asks, as `platform:id`. Absent where the platform knows nobody. Never logged. */
  readonly asker?: string;
  /** What people here call who asks. Never logged. */
  readonly name?: string;
  readonly chat?: Chat;
  /** Ids of the buttons under our own message that this text replies to: what it may refine. */
  readonly repliedTo?: { readonly buttons: readonly string[] };
  readonly attachments?: readonly Attachment[];
  /** Votes by place that the poll had which this button stands under. */
  readonly poll?: readonly number[];
  /** The person's own locale, e.g. `pt-BR`, where the platform tells it. */
  readonly locale?: string;
  readonly signal?: AbortSignal;
}
