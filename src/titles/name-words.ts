import { PART } from './words.ts';

/** A name's words without marks, and before which of them a part begins; one entry more, true, for its end. */
export interface NameWords {
  readonly words: readonly string[];
  readonly startsPart: readonly boolean[];
}

export function nameWords(marked: readonly string[]): NameWords {
  const words: string[] = [];
  const startsPart: boolean[] = [];
  let mark = true;
  for (const word of marked) {
    if (word === PART) mark = true;
    else {
      words.push(word);
      startsPart.push(mark);
      mark = false;
    }
  }
  startsPart.push(true);
  return { words, startsPart };
}
