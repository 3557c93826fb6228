import type { Logger } from 'pino';
import type { GeminiConfig } from '../config.ts';
import { openBuiltInEmbedder } from './built-in.ts';
import type { Embedder } from './embedder.ts';
import { GeminiEmbedder } from './gemini.ts';

export interface OpenEmbeddersOptions {
  readonly gemini?: GeminiConfig | undefined;
  /** File of the built-in word vectors. */
  readonly words: string;
  readonly log: Logger;
  /** Told when a quota makes an embedder wait, and for how many milliseconds. */
  readonly onWait?: (milliseconds: number) => void;
  /** Asks the one that the settings ask for whether it works, which may cost a request; true by default. */
  readonly check?: boolean;
  /** Gives up opening. */
  readonly signal?: AbortSignal | undefined;
}

/** The dimensions that Google recommends: an index may have been made with others than are set now. */
const GEMINI_DIMENSIONS = [768, 1536, 3072];

/**
 * Every embedder that this process has: the one that the settings ask for first, then those that an index made before
 * a change of the settings may still need; the built-in one is always among them. Rejects with `RefusedCredential` on
 * a wrong key, with `ConfigError` on a wrong model or dimension, with the signal's reason.
 */
export async function openEmbedders(options: OpenEmbeddersOptions): Promise<[Embedder, ...Embedder[]]> {
  const { gemini, words, log, onWait, check = true, signal } = options;
  const builtIn = await openBuiltInEmbedder(words);
  if (!gemini) return [builtIn];
  const wanted = new GeminiEmbedder(gemini, { log, onWait });
  if (check) await wanted.check(signal);
  const others = GEMINI_DIMENSIONS.filter((dimensions) => dimensions !== gemini.dimensions);
  return [
    wanted,
    builtIn,
    ...others.map((dimensions) => new GeminiEmbedder({ ...gemini, dimensions }, { log, onWait })),
  ];
}

/** The one that needs no network. */
export function builtInOf(embedders: readonly [Embedder, ...Embedder[]]): Embedder {
  return embedders.find((each) => !(each instanceof GeminiEmbedder)) ?? embedders[0];
}
