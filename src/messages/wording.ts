import { createInstance, type i18n } from 'i18next';
import type { Movie } from '../catalogue/movie.ts';
import { LANGUAGES, type Language, resources } from './languages.ts';
import { localTitle, originalBeside } from './local-title.ts';
import type { Message, Named, Value } from './message.ts';
import { remembered } from './remembered.ts';
import { themeIn } from './themes.ts';

/** A run of text as a renderer gets it. Escaping is the renderer's, once; there is no markup in `text`. */
export type Span =
  | string
  | { readonly style: 'bold' | 'italic' | 'code'; readonly text: string }
  | { readonly href: string; readonly text: string };

const STYLES = { b: 'bold', i: 'italic', code: 'code' } as const;

/*
 * Values are put into a sentence as marks from the private use area and taken out again after the sentence's own
 * tags were read: so nothing in a movie's title can ever be taken for markup or for a message's syntax.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARK = /\uE000(\d+)\uE001/gu;
const TAG = /<(b|i|code)>(.*?)<\/\1>/gsu;

let shared: i18n | undefined;

function translator(): i18n {
  if (shared) return shared;
  shared = createInstance();
  // Resources are in memory, so initialisation is done when this call returns.
  void shared.init({
    resources,
    lng: 'en',
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return shared;
}

/** Words messages in one language. Cheap to make; stateless. */
export class Wording {
  readonly language: Language;

  constructor(language: Language = 'en') {
    this.language = language;
  }

  /** The message as styled spans, for renderers. */
  spans(message: Message): Span[] {
    const { sentence, inserted } = this.#sentence(message);
    const fill = (text: string) => text.replaceAll(MARK, (_, index) => inserted[Number(index)] ?? '');
    const spans: Span[] = [];
    let end = 0;
    for (const match of sentence.matchAll(TAG)) {
      if (match.index > end) spans.push(fill(sentence.slice(end, match.index)));
      spans.push({ style: STYLES[match[1] as keyof typeof STYLES], text: fill(match[2] ?? '') });
      end = match.index + match[0].length;
    }
    if (end < sentence.length) spans.push(fill(sentence.slice(end)));
    return spans;
  }

  /** The message without any style: labels, logs, REST. */
  text(message: Message): string {
    return this.spans(message)
      .map((span) => (typeof span === 'string' ? span : span.text))
      .join('');
  }

  /** The movie's title in this language where the catalogue has one, else its main title. */
  title(movie: Movie): string {
    return localTitle(movie, this.language);
  }

  /** "Inception (2010)", "Origen (Inception, 2010)": see {@link FullTitleValue}. */
  fullTitle(movie: Movie): string {
    const original = originalBeside(movie, this.language);
    const values = { title: this.title(movie), ...(original !== undefined && { original }) };
    if (movie.year === undefined)
      return this.text({ key: original === undefined ? 'result.title' : 'result.titleOriginal', values });
    const key = original === undefined ? 'result.titleYear' : 'result.titleOriginalYear';
    return this.text({ key, values: { ...values, year: String(movie.year) } });
  }

  /** What a command, an option or a choice is called in this language; its own name where it has no other. */
  name(kind: Named, name: string): string {
    return translator().t(`${kind}.${name}` as never, { lng: this.language, defaultValue: name });
  }

  /** "English", "anglais": the name of a language given as ISO 639-1, in this language. */
  languageName(code: string): string {
    return displayName(this.language, 'language', code);
  }

  countryName(code: string): string {
    return displayName(this.language, 'region', code);
  }

  #sentence(message: Message): { sentence: string; inserted: string[] } {
    const inserted: string[] = [];
    const mark = (text: string) => `${OPEN}${inserted.push(text) - 1}${CLOSE}`;
    const place = (value: Value): unknown => {
      if (typeof value === 'number') return value;
      if (typeof value === 'string') return mark(value);
      if (Array.isArray(value)) return value.map((each) => String(place(each)));
      if ('titleOf' in value) return mark(this.title(value.titleOf));
      if ('fullTitleOf' in value) return mark(this.fullTitle(value.fullTitleOf));
      if ('themeOf' in value) return mark(themeIn(this.language, value.themeOf));
      if ('nameOf' in value) return mark(this.name(value.nameOf, value.name));
      return mark(this.text(value as Message));
    };
    const values = Object.fromEntries(
      Object.entries(message.values ?? {}).map(([name, value]) => [name, place(value)]),
    );
    return { sentence: sentenceIn(this.language, message.key, values), inserted };
  }
}

/**
 * The sentence with its marks. Two films' lines have the same: what stands for the marks is put in later, so that few
 * sentences are ever worded, and each again and again.
 */
function sentenceIn(lng: Language, key: string, values: Readonly<Record<string, unknown>>): string {
  const make = () => translator().t(key, { ...values, lng } as never) as unknown as string;
  if (sentences.size >= MOST_SENTENCES) sentences.clear();
  return remembered(sentences, `${lng} ${key} ${JSON.stringify(values)}`, make);
}

const sentences = new Map<string, string>();

/** Half a megabyte or so; numbers make many. */
const MOST_SENTENCES = 5000;

/** Costly to make and asked for a hundred times at each key of somebody's typing. */
const displayNames = new Map<string, Intl.DisplayNames>();

function displayName(language: string, type: 'language' | 'region', code: string): string {
  const make = () => new Intl.DisplayNames([language], { type });
  try {
    return remembered(displayNames, `${language} ${type}`, make).of(code) ?? code;
  } catch {
    return code; // not a well-formed code: the data's own spelling is the best we have
  }
}
