import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED } from '../paths.ts';
import { foldWord } from './fold.ts';
import type { Language } from './languages.ts';
import { remembered } from './remembered.ts';

interface Themes {
  /** The catalogue's word → what it is called in the language. */
  readonly local: ReadonlyMap<string, string>;
  /** What it is called, folded → the catalogue's word. */
  readonly meant: ReadonlyMap<string, string>;
}

const byLanguage = new Map<Language, Themes>();

/** Small files, each read when its language is first spoken. */
function themesOf(language: Language): Themes {
  return remembered(byLanguage, language, () => {
    const file = join(SHIPPED.themes, `${language}.json`);
    const entries = existsSync(file)
      ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
      : [];
    return {
      local: new Map(entries),
      meant: new Map(entries.map(([word, local]) => [foldWord(local), word])),
    };
  });
}

/** What a theme of the catalogue is called in a language; itself where nobody has translated it. */
export function themeIn(language: Language, word: string): string {
  return themesOf(language).local.get(word) ?? word;
}

/** The catalogue's word for a theme that is written in a language; undefined where it is none we know there. */
export function themeCalled(language: Language, typed: string): string | undefined {
  return themesOf(language).meant.get(foldWord(typed));
}
