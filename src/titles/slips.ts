const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Every text that one slip separates from this one: a letter too many, too few, another one, or two swapped. */
export function* oneSlipAway(text: string): Iterable<string> {
  for (let at = 0; at <= text.length; at++) {
    const [before, after] = [text.slice(0, at), text.slice(at)];
    if (after) yield before + after.slice(1);
    if (after.length > 1) yield before + after[1] + after[0] + after.slice(2);
    for (const letter of LETTERS) {
      yield before + letter + after;
      if (after) yield before + letter + after.slice(1);
    }
  }
}
