/** Ways to write one sound, in the order in which they are taken: "matricks" and "matrix", "ficshun" and "fiction". */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/(?:ct|cs|x|ck?s)?(?:tio|sio|shu|she|cea|cio)n/gu, 'shn'],
  [/ph/gu, 'f'],
  [/^(?:wr|rh)/gu, 'r'],
  [/^kn/gu, 'n'],
  [/igh/gu, 'i'],
  [/qu/gu, 'kw'],
  [/tch/gu, 'ch'],
  [/sch|sc(?=[ei])/gu, 's'],
  [/c(?=[eiy])/gu, 's'],
  [/c(?!h)k?/gu, 'k'],
  [/x/gu, 'ks'],
  [/z/gu, 's'],
  [/dg(?=[ei])|g(?=[ei])/gu, 'j'],
  [/oo|ou|ew/gu, 'u'],
  [/ee|ea|ie/gu, 'i'],
  [/([a-z])\1/gu, '$1'],
  [/(?<=[^aeiou])e$/gu, ''],
];

/** How a word sounds, roughly and in English: equal for spellings that are said alike. */
export function soundOf(word: string): string {
  return SOUNDS.reduce((spelt, [from, to]) => spelt.replace(from, to), word);
}
