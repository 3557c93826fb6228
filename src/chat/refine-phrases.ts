import type { Language } from '../messages/languages.ts';

/**
 * How people of one language say filters, as sources of regular expressions over folded text (`foldAccents`).
 * `#d` stands for a decade ("80", "1980"), `#y` for a year, `#m` for minutes; each captures its digits.
 */
export interface Phrases {
  /** Words between two wishes. */
  readonly between: string;
  /** Words around a wish that say nothing: "only", "please". */
  readonly lead: string;
  readonly trail: string;
  readonly decade: string;
  readonly from: string;
  readonly to: string;
  readonly years: string;
  readonly year: string;
  readonly atMost: string;
  readonly atLeast: string;
  readonly shows: string;
  readonly movies: string;
  readonly gems: string;
  /** Captures the language's name. */
  readonly language: string;
  /** Captures the word that leaves a genre out, where there is one, and the genre. */
  readonly genre: string;
}

export const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    between: 'and|but',
    lead: 'only|please|just',
    trail: 'only|please',
    decade: "(?:from )?(?:the )?#d['’]?s",
    from: '(?:from|since|after) #y(?: on(?:wards)?)?',
    to: '(?:to|until|before|up to) #y',
    years: '(?:from |between )?#y ?(?:-|–|to|and) ?#y',
    year: '(?:in |from )?#y',
    atMost: '(?:shorter than|under|at most|less than|max(?:imum)?) #m ?(?:m(?:in(?:utes?)?)?)?',
    atLeast: '(?:longer than|over|at least|more than) #m ?(?:m(?:in(?:utes?)?)?)?',
    shows: 'series|shows?',
    movies: 'films?|movies?',
    gems: 'hidden gems?|less known|unknown',
    language: 'in ([a-z]{4,20})',
    genre: '(no |not |without |-)?(?:a |an )?(.+?)(?: films?| movies?)?',
  },
  es: {
    between: 'y|e|pero|aunque|ni',
    lead: 'solo|por favor|mejor|que sean?|algo',
    trail: 'por favor|solo|nada mas',
    decade: '(?:de |en )?(?:los |la decada de (?:los )?)?(?:anos )?#ds?',
    from: '(?:desde|a partir de|despues de|posterior(?:es)? a)(?: el)? #y',
    to: '(?:hasta|antes de|anterior(?:es)? a)(?: el)? #y',
    years: '(?:de |entre |desde )?#y ?(?:-|–|a|y|hasta) ?#y',
    year: '(?:de |del |en )?(?:ano )?#y',
    atMost:
      '(?:de )?(?:menos de|como maximo|maximo|hasta|mas cort[ao]s? (?:de|que)) #m ?(?:m(?:in(?:utos?)?)?)?',
    atLeast:
      '(?:de )?(?:mas de|al menos|como minimo|minimo|mas larg[ao]s? (?:de|que)) #m ?(?:m(?:in(?:utos?)?)?)?',
    shows: 'series?',
    movies: 'peliculas?|pelis?|films?',
    gems: 'joyas? ocultas?|(?:poco|menos) conocid[ao]s?',
    language: 'en ([a-z]{4,20})',
    genre: '(sin |nada de |no |-)?(?:peliculas? |pelis? )?(?:de |una? )?(.+)',
  },
};
