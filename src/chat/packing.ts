import { GENRE_SLUGS } from '../catalogue/genres.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { formatReferences, parseReferences } from './references.ts';

/**
 * How the text of an argument is packed into a button id. `write` answers false where the text does not fit its
 * form; then the whole call is kept as a stored view. What `read` returns is checked like anything typed.
 */
export interface Packing {
  write(text: string, to: ByteWriter): boolean;
  read(from: ByteReader): string;
}

/** A whole number, zero or more. */
export const wholeNumber: Packing = {
  write(text, to) {
    if (!/^\d{1,12}$/u.test(text)) return false;
    to.varint(Number(text));
    return true;
  },
  read: (from) => String(from.varint()),
};

/** "120", "90-120", "90-": two numbers, 0 where one is missing. */
export const numberRange: Packing = {
  write(text, to) {
    const match = /^(?:(\d{1,6})-)?(\d{1,6})?$/u.exec(text);
    // Zero stands for a bound that is missing, so a zero that was typed does not fit.
    const bounds = [match?.[1], match?.[2]];
    if (
      bounds.every((bound) => bound === undefined) ||
      bounds.some((bound) => bound !== undefined && Number(bound) === 0)
    )
      return false;
    for (const bound of bounds) to.varint(Number(bound ?? 0));
    return true;
  },
  read(from) {
    const [min, max] = [from.varint(), from.varint()];
    return `${min ? `${min}-` : ''}${max || ''}`;
  },
};

/** Two letters: a language or a country. */
export const twoLetters: Packing = {
  write(text, to) {
    if (!/^[a-z]{2}$/iu.test(text)) return false;
    to.ascii(text.toLowerCase());
    return true;
  },
  read: (from) => from.ascii(2),
};

/** One of a fixed list, by its place: lists only ever grow at their end. */
export function oneOf(values: readonly string[]): Packing {
  return {
    write(text, to) {
      const index = values.indexOf(text);
      if (index < 0) return false;
      to.byte(index);
      return true;
    },
    read: (from) => values[from.byte()] ?? '',
  };
}

/** "horror,-comedy": two bit sets over the genres, wanted and unwanted. */
export const genreSets: Packing = {
  write(text, to) {
    const sets = [new Set<number>(), new Set<number>()];
    for (const word of text.split(',').map((each) => each.trim())) {
      const unwanted = word.startsWith('-') ? 1 : 0;
      const index = GENRE_SLUGS.indexOf(word.slice(unwanted) as (typeof GENRE_SLUGS)[number]);
      if (index < 0) return false;
      sets[unwanted]!.add(index);
    }
    for (const set of sets) to.varint([...set].reduce((bits, index) => bits + 2 ** index, 0));
    return true;
  },
  read(from) {
    const words: string[] = [];
    for (const sign of ['', '-']) {
      const set = from.varint();
      GENRE_SLUGS.forEach((slug, index) => {
        if (Math.floor(set / 2 ** index) % 2 === 1) words.push(sign + slug);
      });
    }
    return words.join(',');
  },
};

/** Movies by their small integers, each towards or away from. */
export const movieReferences: Packing = {
  write(text, to) {
    const references = parseReferences(text);
    if (!references) return false;
    to.byte(references.length);
    for (const { number, away } of references) to.varint(number * 2 + (away ? 1 : 0));
    return true;
  },
  read(from) {
    const references = Array.from({ length: from.byte() }, () => {
      const packed = from.varint();
      return { number: Math.floor(packed / 2), away: packed % 2 === 1 };
    });
    return formatReferences(references);
  },
};

/** Free words never go into a button. */
export const neverPacked: Packing = { write: () => false, read: () => '' };
