/** Stands between the parts of a folded title: "star wars | episode 5 | the empire strikes back". */
export const PART = '|';

const ARTICLES = new Set(['the', 'a', 'an']);
const SMALL = new Set([...ARTICLES, 'and']);
const FILLERS = new Set([
  'part',
  'chapter',
  'episode',
  'vol',
  'volume',
  'pt',
  'ep',
  'no',
  'number',
  'season',
]);

export function isArticle(word: string): boolean {
  return ARTICLES.has(word);
}

/** "part", "chapter" and the like: mean nothing of their own before a number. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}

/**
 * Normal words pressed together, without articles, "and", and "part" before a number: what joined, split and
 * half-remembered spellings have in common. Never empty unless `words` is.
 */
export function bare(marked: readonly string[]): string {
  const words = marked.filter((word) => word !== PART);
  const kept = words.filter(
    (word, index) => !SMALL.has(word) && !(isFiller(word) && /^\d/u.test(words[index + 1] ?? '')),
  );
  return (kept.length > 0 ? kept : words).join('');
}
