const words = (text: string) => new Set(text.split(' '));

/** What a title is the title of. */
const NOUNS = words('movie movies film films show shows series anime cartoon');
const ALONE = words('movie movies film films');
/** The last word before a title: "a movie *called*", "something *like*", "i want to *watch*". */
const INTRODUCE = words(
  'called named titled title like to watch see saw seen watched watching love loved liked enjoyed about',
);
const BEFORE = new Set([
  ...NOUNS,
  ...INTRODUCE,
  ...words('a an the this that some any one something anything more other similar such as tv'),
  ...words('i ive id im we you me my want wanna would could can need have just really please'),
  ...words('looking for find show give recommend suggest do know'),
]);
const AFTER_LAST = new Set([...NOUNS, ...words('please pls thanks online trailer')]);
const AFTER = new Set([...AFTER_LAST, ...words('the full whole free')]);

/**
 * The words of a title without what people say around it in a sentence: "that movie called whiplash", "something like
 * inception", "the matrix full movie". Undefined where there is nothing of the kind, or nothing else. English only.
 */
export function unwrapped(typed: readonly string[]): readonly string[] | undefined {
  const from = introduction(typed);
  const to = endOfTitle(typed, from);
  return from > 0 || to < typed.length ? typed.slice(from, to) : undefined;
}

/** Where the longest introduction ends; a single word is none ("series 7"), unless it is "movie" or "film". */
function introduction(typed: readonly string[]): number {
  let end = 0;
  for (let at = 0; at < typed.length - 1 && BEFORE.has(typed[at]!); at++)
    if (ALONE.has(typed[at]!) || (at > 0 && (NOUNS.has(typed[at]!) || INTRODUCE.has(typed[at]!))))
      end = at + 1;
  return end;
}

function endOfTitle(typed: readonly string[], from: number): number {
  if (!AFTER_LAST.has(typed.at(-1)!)) return typed.length;
  let end = typed.length;
  while (end > from + 1 && AFTER.has(typed[end - 1]!)) end--;
  return end;
}
