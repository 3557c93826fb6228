import type { Adapter, PostPlace } from '../chat/adapter.ts';
import type { SealedReply } from '../chat/reply.ts';

type Platform = Pick<Adapter, 'name' | 'post' | 'endPoll'>;

/** Finds the platform that a chat belongs to, for what happens there without anybody asking. */
export class Desk {
  readonly #platforms = new Map<string, Platform>();

  add(platform: Platform): void {
    this.#platforms.set(platform.name, platform);
  }

  /** Whether the platform of this chat is served by this process. */
  serves(chat: string): boolean {
    return this.#platformOf(chat) !== undefined;
  }

  /** False where we may not write there, or the platform cannot do it. */
  async post(place: PostPlace, reply: SealedReply): Promise<boolean> {
    return (await this.#platformOf(place.chat)?.post?.(place, reply)) ?? false;
  }

  /** Votes by place; undefined where they cannot be had. */
  async endPoll(chat: string, poll: string): Promise<readonly number[] | undefined> {
    return this.#platformOf(chat)?.endPoll?.(poll);
  }

  #platformOf(chat: string): Platform | undefined {
    return this.#platforms.get(chat.split(':')[0] ?? '');
  }
}
