import type { Movie } from '../catalogue/movie.ts';
import type { en } from './en.ts';

type WithoutPlural<Key> = Key extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}`
  ? Base
  : Key;

/** Every key of the English messages; plural forms (`_one`, `_other`) share one key. */
export type MessageKey = WithoutPlural<keyof typeof en>;

/** A movie inside a sentence: shown by its title in the reader's language. */
export interface TitleValue {
  readonly titleOf: Movie;
}

/** A movie as a list names it: title in the reader's language, the original beside it, year. */
export interface FullTitleValue {
  readonly fullTitleOf: Movie;
}

/** A theme of the catalogue inside a sentence: shown in the reader's language where it is translated. */
export interface ThemeValue {
  readonly themeOf: string;
}

/** What has a name that people type. */
export type Named = 'command' | 'option' | 'choice';

/** A command, option or choice inside a sentence: shown as it is called in the reader's language. */
export interface NameValue {
  readonly nameOf: Named;
  readonly name: string;
}

export type Value =
  | string
  | number
  | Message
  | TitleValue
  | FullTitleValue
  | NameValue
  | ThemeValue
  | readonly Value[];

/** Words to be shown, as data: a key and what goes into it. The renderer words it in the reader's language. */
export interface Message {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, Value>>;
}

export function say(key: MessageKey, values?: Readonly<Record<string, Value>>): Message {
  return values ? { key, values } : { key };
}

export function titleOf(movie: Movie): TitleValue {
  return { titleOf: movie };
}

export function nameOf(kind: Named, name: string): NameValue {
  return { nameOf: kind, name };
}
