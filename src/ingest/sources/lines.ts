/** Consecutive lines of a text, without their ends. */
export interface Lines {
  /** The number of the first one, counted from 1. */
  readonly first: number;
  /** Undefined stands for a line longer than {@link MAX_LINE}, which is not kept. */
  readonly texts: readonly (string | undefined)[];
}

/** Bytes; no movie needs more, and a line without end must not fill the memory. */
export const MAX_LINE = 1024 * 1024;

const NEWLINE = 10;
const BOM = '\uFEFF';

/** Splits UTF-8 into lines, many at a time. A byte order mark is left out; bytes that are no UTF-8 become U+FFFD. */
export async function* readLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Lines> {
  let first = 1;
  let rest: Buffer[] = [];
  let restLength = 0;
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end >= 0) {
      const texts = split(Buffer.concat([...rest, chunk.subarray(0, end)]), restLength);
      if (first === 1 && texts[0]?.startsWith(BOM)) texts[0] = texts[0].slice(1);
      yield { first, texts };
      first += texts.length;
      restLength = 0;
    }
    const left = chunk.subarray(end + 1);
    restLength += left.length;
    // Of a line that is too long already, only its length is of interest.
    rest = restLength > MAX_LINE ? [] : end >= 0 ? [left] : [...rest, left];
  }
  if (restLength === 0) return;
  const texts = split(Buffer.concat(rest), restLength);
  if (first === 1 && texts[0]?.startsWith(BOM)) texts[0] = texts[0].slice(1);
  yield { first, texts };
}

/** `carried` is the length of what came before in the first line, even where it was not kept. */
function split(bytes: Buffer, carried: number): (string | undefined)[] {
  const texts: (string | undefined)[] = bytes.toString('utf8').split('\n');
  for (let index = 0; index < texts.length; index++) {
    const text = texts[index]!;
    if (text.length > MAX_LINE || (index === 0 && carried > MAX_LINE)) texts[index] = undefined;
    else if (text.endsWith('\r')) texts[index] = text.slice(0, -1);
  }
  return texts;
}
