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
  /** Captures the language's name, without the ending that the sentence gives it. */
  readonly language: string;
  /** The ending of the name itself. */
  readonly languageEnd?: string;
  /** Captures `genre` and, where it is to be left out, `without` before it or `leftOut` after it. */
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
    years: '(?:from |between )?#y ?(?:-|–|to) ?#y',
    year: '(?:in |from )?#y',
    atMost: '(?:shorter than|under|at most|less than|max(?:imum)?) #m ?(?:m(?:in(?:utes?)?)?)?',
    atLeast: '(?:longer than|over|at least|more than) #m ?(?:m(?:in(?:utes?)?)?)?',
    shows: 'series|shows?',
    movies: 'films?|movies?',
    gems: 'hidden gems?|less known|unknown',
    language: 'in ([a-z]{4,20})',
    genre: '(?<without>no |not |without |-)?(?:a |an )?(?<genre>.+?)(?: films?| movies?)?',
  },
  es: {
    between: 'y|e|pero|aunque|ni',
    lead: 'solo|por favor|mejor|que sean?|algo',
    trail: 'por favor|solo|nada mas',
    decade: '(?:de |en )?(?:(?:los |la decada de (?:los )?)(?:anos )?|anos )#ds?',
    from: '(?:desde|a partir de|despues de|posterior(?:es)? a)(?: el)? #y',
    to: '(?:hasta|antes de|anterior(?:es)? a)(?: el)? #y',
    years: '(?:de |entre |desde )?#y ?(?:-|–|a|hasta) ?#y',
    year: '(?:de |del |en )?(?:ano )?#y',
    atMost: '(?:de )?(?:menos de|como maximo|maximo|hasta|mas cort[ao]s? (?:de|que)) #m ?(?:min(?:utos?)?)?',
    atLeast:
      '(?:de )?(?:mas de|al menos|como minimo|minimo|mas larg[ao]s? (?:de|que)) #m ?(?:min(?:utos?)?)?',
    shows: 'series?',
    movies: 'peliculas?|pelis?|films?',
    gems: 'joyas? ocultas?|(?:poco|menos) conocid[ao]s?',
    language: 'en ([a-z]{4,20})',
    genre: '(?<without>sin |nada de |no |-)?(?:peliculas? |pelis? )?(?:de |una? )?(?<genre>.+)',
  },
  de: {
    between: 'und|aber|doch',
    lead: 'nur|bitte|lieber|etwas|welche|mal',
    trail: 'bitte|nur',
    decade: "(?:aus |von |in )?(?:den )?#d['’]?(?:ern?|er[ -]jahren?)",
    from: '(?:ab|seit|nach) #y',
    to: '(?:bis|vor) #y',
    years: '(?:von |zwischen )?#y ?(?:-|–|bis) ?#y',
    year: '(?:von |aus |aus dem jahr |im jahr )?#y',
    atMost: '(?:unter|hochstens|maximal|kurzer als|weniger als) #m ?(?:min(?:uten?|\\.)?)?',
    atLeast: '(?:uber|mindestens|langer als|mehr als) #m ?(?:min(?:uten?|\\.)?)?',
    shows: 'serien?',
    movies: 'filme?',
    gems: 'geheimtipps?|(?:weniger|kaum) bekannte?s?|unbekannte?s?',
    language: 'auf ([a-z]{4,20})',
    genre: '(?<without>ohne |keine?n? |nicht |-)?(?:einen? )?(?<genre>.+?)(?:-?filme?n?)?',
  },
  fr: {
    between: 'et|mais|ni',
    lead: 'seulement|uniquement|plutot|juste',
    trail: "s['’]il te plait|stp|seulement|uniquement",
    decade: '(?:des |de |dans )?(?:les )?annees #d',
    from: '(?:depuis|a partir de|apres) #y',
    to: "(?:jusqu['’](?:en|a)|avant) #y",
    years: '(?:de |entre )?#y ?(?:-|–|a) ?#y',
    year: "(?:de |en |de l['’]annee )?#y",
    atMost: '(?:de )?(?:moins de|au plus|maximum|plus courts? que) #m ?(?:min(?:utes?)?)?',
    atLeast: '(?:de )?(?:plus de|au moins|minimum|plus longs? que) #m ?(?:min(?:utes?)?)?',
    shows: 'series?',
    movies: 'films?',
    gems: 'perles? rares?|(?:moins|peu) connus?',
    language: 'en ([a-z]{4,20})',
    genre:
      "(?<without>sans |pas (?:de |d['’])?|aucune? |-)?(?:(?:un |des )?films? (?:de |d['’])?|des? |d['’]|une? )?(?<genre>.+)",
  },
  pt: {
    between: 'e|mas|nem|porem',
    lead: 'so|apenas|somente|por favor|algo',
    trail: 'por favor|so|apenas',
    decade: '(?:(?:dos |nos )(?:anos )?|(?:de |da |na )?(?:decada de |anos ))#ds?',
    from: '(?:desde|a partir de|depois de|apos) #y',
    to: '(?:ate|antes de) #y',
    years: '(?:de |entre |desde )?#y ?(?:-|–|a|ate) ?#y',
    year: '(?:de |em |do ano )?#y',
    atMost: '(?:de |com )?(?:menos de|no maximo|ate|mais curt[ao]s? (?:do )?que) #m ?(?:min(?:utos?)?)?',
    atLeast:
      '(?:de |com )?(?:mais de|pelo menos|no minimo|mais long[ao]s? (?:do )?que) #m ?(?:min(?:utos?)?)?',
    shows: 'series?',
    movies: 'filmes?',
    gems: 'joias? escondidas?|(?:pouco|menos) conhecid[ao]s?',
    language: 'em ([a-z]{4,20})',
    genre: '(?<without>sem |nada de |nao |-)?(?:filmes? )?(?:de |uma? )?(?<genre>.+)',
  },
  ru: {
    between: 'и|но|а',
    lead: 'только|пожалуйста|лучше|что-нибудь|давай',
    trail: 'пожалуйста|только',
    decade: '(?:из |с )?#d[-–]?(?:х|е|ые|ых)(?: год(?:ов|ы))?',
    from: '(?:с|от|после|начиная с) #y(?: года)?',
    to: 'до #y(?: года)?',
    years: '(?:с |от )?#y ?(?:-|–|—|по|до) ?#y(?: год(?:ов|ы|а))?',
    year: '(?:в |за )?#y(?: год[ау]?)?',
    atMost: '(?:короче|меньше|до|не больше|не длиннее|максимум) #m ?(?:мин(?:ут[ыа]?|\\.)?)?',
    atLeast: '(?:длиннее|больше|от|не меньше|не короче|минимум) #m ?(?:мин(?:ут[ыа]?|\\.)?)?',
    shows: 'сериал[ыа]?',
    movies: 'фильмы?',
    gems: 'скрытые жемчужины|(?:мало|менее )известн(?:ые|ое)',
    language: '(?:на |по-?)([а-я]{3,20}к)(?:ом|и|ий)(?: языке)?',
    languageEnd: 'ий',
    genre: '(?<without>без |не |кроме |-)?(?<genre>.+?)(?: фильмы?)?',
  },
  ja: {
    between: 'でも|けど|かつ',
    lead: 'でも|できれば|やっぱり',
    trail: 'だけ|お願い|お願いします',
    decade: '(?:でも)?#d年代(?:の|から)?(?:もの|映画|作品)?(?:だけ|がいい|で)?',
    from: '#y年?(?:から|以降)の?(?:だけ|がいい|で)?',
    to: '#y年?(?:まで|以前)の?(?:だけ|がいい|で)?',
    years: '#y年?(?:-|–|~|から)#y年?(?:まで)?の?',
    year: '#y年?の?',
    atMost: '#m分(?:以内|以下|まで|未満)(?:の|で)?',
    atLeast: '#m分以上(?:の|で)?',
    shows: '(?:連続|テレビ)ドラマ|ドラマシリーズ',
    movies: '映画',
    gems: '隠れた名作|マイナーな(?:作品|映画)',
    language: '(\\p{L}{1,12}語)(?:の|で)?(?:映画|作品)?(?:だけ)?',
    genre:
      '(?<without>-)?(?<genre>.+?)(?:映画|もの)?(?<leftOut>以外|なし|抜き|じゃない)?(?:の|で|だけ|がいい)?',
  },
  hi: {
    between: 'और|लेकिन|पर|मगर',
    lead: 'सिर्फ़|सिर्फ|केवल|कृपया|बस',
    trail: 'कृपया|सिर्फ़|सिर्फ|ही',
    decade: '#d के दशक(?: (?:की|के|का|से|में))?',
    from: '#y (?:से|के बाद)(?: की| के)?',
    to: '#y (?:तक|से पहले)(?: की| के)?',
    years: '#y ?(?:-|–|से) ?#y(?: तक)?(?: की| के)?',
    year: '#y(?: (?:की|का|के|में))?',
    atMost: '#m (?:मिनट )?से (?:कम|छोटी)(?: की)?',
    atLeast: '#m (?:मिनट )?से (?:ज़्यादा|ज्यादा|अधिक|लंबी)(?: की)?',
    shows: 'सीरीज़|सीरीज',
    movies: 'फ़िल्में|फ़िल्म|फिल्में|फिल्म',
    gems: 'छिपे हुए रत्न|कम (?:जानी-मानी|मशहूर)',
    language: '([\\p{L}\\p{M}]{2,20}) में',
    genre: '(?<without>बिना |-)?(?<genre>.+?)(?: (?:फ़िल्में|फ़िल्म|फिल्में|फिल्म))?(?<leftOut> नहीं| के बिना| छोड़कर)?',
  },
};
