import type { APIInteraction } from 'discord-api-types/v10';
import { MessageFlags, InteractionResponseType as Type } from 'discord-api-types/v10';

/** One request about an interaction, as it arrived. */
export interface Call {
  readonly kind: 'callback' | 'edit' | 'delete' | 'follow-up';
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the JSON that left
  readonly body: any;
}

/** A message as the people in the channel see it. */
export interface Shown {
  readonly body: unknown;
  readonly ephemeral: boolean;
}

type Outcome = { readonly status: number; readonly code?: number };

const DONE: Outcome = { status: 204 };

/** What became of one interaction: follows Discord's rules for first responses, edits and follow-ups. */
export class Conversation {
  readonly interaction: APIInteraction;
  /** Everything about it that Discord accepted, in order. */
  readonly calls: Call[] = [];
  readonly followUps: Shown[] = [];
  original: 'none' | 'thinking' | 'deleted' | Shown = 'none';
  /** Discord has given up on it. */
  expired = false;
  readonly #waiting: { readonly count: number; readonly resolve: (call: Call) => void }[] = [];
  readonly #early = Promise.withResolvers<void>();
  #thinkingPrivately = false;

  constructor(interaction: APIInteraction) {
    this.interaction = interaction;
  }

  /** The call with this number, from 1, as soon as it has come. */
  call(count: number): Promise<Call> {
    const done = this.calls[count - 1];
    return done ? Promise.resolve(done) : new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }

  /** Resolves when an edit came before the first response. */
  get tooEarly(): Promise<void> {
    return this.#early.promise;
  }

  callback(body: Call['body']): Outcome {
    if (this.expired) return { status: 404, code: 10062 };
    if (this.original !== 'none') return { status: 400, code: 40060 };
    const ephemeral = isEphemeral(body.data);
    this.#thinkingPrivately = ephemeral;
    if (body.type === Type.DeferredChannelMessageWithSource) this.original = 'thinking';
    else if (body.type === Type.DeferredMessageUpdate || body.type === Type.UpdateMessage)
      this.original = { body: body.data, ephemeral: isEphemeral(this.interaction.message) };
    else this.original = { body: body.data, ephemeral };
    return this.#took({ kind: 'callback', body });
  }

  edit(body: Call['body']): Outcome {
    if (this.expired) return { status: 401, code: 50027 };
    if (this.original === 'none') {
      this.#early.resolve();
      return { status: 404, code: 10015 };
    }
    if (this.original === 'deleted') return { status: 404, code: 10008 };
    // Who sees it was settled by the first response.
    const ephemeral = this.original === 'thinking' ? this.#thinkingPrivately : this.original.ephemeral;
    this.original = { body, ephemeral };
    return this.#took({ kind: 'edit', body });
  }

  delete(): Outcome {
    if (this.expired) return { status: 401, code: 50027 };
    if (this.original === 'none') return { status: 404, code: 10015 };
    this.original = 'deleted';
    return this.#took({ kind: 'delete', body: undefined });
  }

  followUp(body: Call['body']): Outcome {
    if (this.expired) return { status: 401, code: 50027 };
    if (this.original === 'none') return { status: 404, code: 10015 };
    // The first follow-up to "thinking…" fills that message and stays as public as it is.
    if (this.original === 'thinking') this.original = { body, ephemeral: this.#thinkingPrivately };
    else this.followUps.push({ body, ephemeral: isEphemeral(body) });
    return this.#took({ kind: 'follow-up', body });
  }

  #took(call: Call): Outcome {
    this.calls.push(call);
    for (const { count, resolve } of this.#waiting) if (count === this.calls.length) resolve(call);
    return DONE;
  }
}

function isEphemeral(data: { readonly flags?: number | undefined } | undefined): boolean {
  return ((data?.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}
