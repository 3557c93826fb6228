/** What one client may ask for, and how long we work on it. */
export interface Limits {
  /** Questions that rank or search, in a minute from one address. */
  readonly questions: number;
  /** Cheap requests in a minute from one address: titles while typing, pages, assets. */
  readonly requests: number;
  /** An answer that takes longer is given up, in milliseconds. */
  readonly answerTime: number;
}

export const LIMITS: Limits = { questions: 240, requests: 1200, answerTime: 10_000 };

/** Bytes of a request's body. A whole plot is some 24,000 characters. */
export const MAX_BODY = 128 * 1024;
/** Platforms post more: an update of Telegram may carry a long conversation. */
export const MAX_MOUNT_BODY = 1024 * 1024;

/** A request must have arrived within this time, in milliseconds: slow senders hold a socket. */
export const ARRIVAL = { headers: 10_000, whole: 20_000, keepAlive: 10_000 } as const;

/** Seconds after which to try again when a store is down. */
export const RETRY_AFTER = 5;

/** Answers of the API are kept for so long, in milliseconds, and up to so many bytes in all. */
export const REMEMBERED_FOR = 10_000;
export const MAX_REMEMBERED = 32 * 1024 * 1024;

/** Answers that are smaller are sent as they are. */
export const MIN_COMPRESSED = 1024;
