import type { MessageKey } from '../messages/message.ts';
import { nameOf, say } from '../messages/message.ts';
import { UserError } from './errors.ts';
import { movieReferences, neverPacked, oneOf, type Packing, wholeNumber } from './packing.ts';

/** What kind of option a platform should offer for an argument. */
export type Shape =
  | { readonly kind: 'text'; readonly maxLength: number; readonly complete?: Completion }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'choice';
      readonly choices: readonly { readonly value: string; readonly label: MessageKey }[];
    }
  | { readonly kind: 'flag' }
  /** A file, where the platform has such an option; elsewhere it is sent along, and this is its name or path. */
  | { readonly kind: 'file' };

/** Where suggestions come from while an argument is being typed. */
export type Completion = 'title' | 'genre' | 'language' | 'country';

/** One argument of a command: how it is described, read, and packed into a button. */
export interface Arg<T> {
  /** Stands for the argument in button ids: 1 to 255, one meaning for good. */
  readonly code: number;
  readonly summary: MessageKey;
  readonly shape: Shape;
  readonly required?: boolean;
  /** Set by pressed buttons alone: no platform offers it as an option, and no typed words or links set it. */
  readonly hidden?: boolean;
  readonly packing: Packing;
  /** Reads trimmed, non-empty text. Throws {@link UserError} that says what would be right. */
  parse(text: string): T;
}

export function required<T>(arg: Arg<T>): Arg<T> & { readonly required: true } {
  return { ...arg, required: true };
}

export function hidden<T>(arg: Arg<T>): Arg<T> {
  return { ...arg, hidden: true };
}

type Declared = { readonly code: number; readonly summary: MessageKey };

/** Free words, never packed. */
export function textArg(declared: Declared & { maxLength: number }): Arg<string> {
  const { maxLength, ...rest } = declared;
  return {
    ...rest,
    shape: { kind: 'text', maxLength },
    packing: neverPacked,
    parse: (text) => limited(text, maxLength),
  };
}

/** A title as a person writes it, or references to movies. */
export function titleArg(declared: Declared): Arg<string> {
  const maxLength = 500;
  return {
    ...declared,
    shape: { kind: 'text', maxLength, complete: 'title' },
    packing: movieReferences,
    parse: (text) => limited(text, maxLength),
  };
}

export function integerArg(declared: Declared & { name: string; min: number; max: number }): Arg<number> {
  const { name, min, max, ...rest } = declared;
  return {
    ...rest,
    shape: { kind: 'integer', min, max },
    packing: wholeNumber,
    parse(text) {
      const value = Number(text);
      if (!/^\d+$/u.test(text) || value < min || value > max)
        throw new UserError(
          say('error.number', { name: nameOf('option', name), text, min: String(min), max: String(max) }),
        );
      return value;
    },
  };
}

export function choiceArg<const V extends string>(
  declared: Declared & {
    name: string;
    choices: readonly { readonly value: V; readonly label: MessageKey }[];
  },
): Arg<V> {
  const { name, choices, ...rest } = declared;
  const values = choices.map((choice) => choice.value);
  return {
    ...rest,
    shape: { kind: 'choice', choices },
    packing: oneOf(values),
    parse(text) {
      const value = values.find((each) => each === text.toLowerCase());
      if (!value)
        throw new UserError(
          say('error.choice', {
            name: nameOf('option', name),
            text: quote(text),
            choices: values.map((each) => nameOf('choice', each)),
          }),
        );
      return value;
    },
  };
}

export function flagArg(declared: Declared & { name: string }): Arg<boolean> {
  const { name, ...rest } = declared;
  return {
    ...rest,
    shape: { kind: 'flag' },
    packing: oneOf(['false', 'true']),
    parse(text) {
      const folded = text.toLowerCase();
      if (['true', 'yes', 'on', '1'].includes(folded)) return true;
      if (['false', 'no', 'off', '0'].includes(folded)) return false;
      throw new UserError(
        say('error.choice', {
          name: nameOf('option', name),
          text: quote(text),
          choices: [nameOf('choice', 'yes'), nameOf('choice', 'no')],
        }),
      );
    },
  };
}

/** The file itself is among the attachments. */
export function fileArg(declared: Declared): Arg<string> {
  return { ...declared, shape: { kind: 'file' }, packing: neverPacked, parse: (text) => limited(text, 4096) };
}

/** What is shown of a person's own words in an answer, so that 10,000 characters do not come back. */
export const QUOTED_LENGTH = 60;

export function quote(text: string): string {
  const characters = [...text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()];
  return characters.length > QUOTED_LENGTH
    ? `${characters.slice(0, QUOTED_LENGTH - 1).join('')}…`
    : characters.join('');
}

function limited(text: string, maxLength: number): string {
  if (text.length > maxLength) throw new UserError(say('error.tooLong', { max: maxLength }));
  return text;
}
