import type { Logger } from 'pino';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Adapter } from '../../src/chat/adapter.ts';
import type { Command } from '../../src/chat/command.ts';
import type { MetricsRegistry } from '../../src/metrics.ts';
import type { ImportStore } from '../../src/people/imports.ts';
import type { OpinionStore } from '../../src/people/opinions.ts';
import type { UploadLinks } from '../../src/people/upload-links.ts';
import type { Recommender } from '../../src/recommender/recommender.ts';
import type { Titles } from '../../src/titles/titles.ts';
import type { VectorStore } from '../../src/vectors/vector-store.ts';
import type { Limits } from './limits.ts';

/** A way to add the bot to a place where people talk. */
export interface Invitation {
  readonly platform: 'discord' | 'telegram';
  readonly href: string;
}

export interface WebParts {
  readonly log: Logger;
  readonly core: WebCore;
  /** What may be typed into the box with a slash, as in a chat. */
  readonly commands: readonly Command[];
  readonly platforms: readonly Pick<Adapter, 'name' | 'state'>[];
  /** Paths that a platform calls, such as webhooks. */
  readonly mounts: Readonly<Record<string, (request: Request) => Promise<Response>>>;
  readonly metrics: MetricsRegistry;
  /** Asked for with every page: a platform may know its own name only once it is connected. */
  readonly invitations?: () => readonly Invitation[];
  /** Other limits than {@link LIMITS}. */
  readonly limits?: Partial<Limits>;
}

/** What the page and the API answer from. */
export interface WebCore {
  readonly catalogue: Catalogue;
  readonly titles: Titles;
  readonly recommender: Recommender;
  readonly vectors: Pick<VectorStore, 'current'>;
  readonly opinions: OpinionStore;
  readonly imports: ImportStore;
  readonly uploadLinks: UploadLinks;
  /** Stories are understood by a service outside, which knows many languages. */
  readonly textLeaves: boolean;
  /** Rises whenever what is answered from has changed. */
  version(): number;
  /** Rejects where the database or the index cannot answer. */
  check(): Promise<void>;
}
