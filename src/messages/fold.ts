/** Lower case, without the accents of Latin letters, wide characters as narrow ones. */
export function foldAccents(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '')
    .normalize('NFKC')
    .toLowerCase();
}

/** For comparing names as people type them: "Sci-Fi" and "sci fi" are one. */
export function foldWord(text: string): string {
  return foldAccents(text)
    .replaceAll(/[\s_-]+/gu, ' ')
    .trim();
}
