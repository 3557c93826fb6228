/** "directed by …", "written and directed by …", "directed, co-written and produced by …", "directed by and starring …". */
const DIRECTED_BY =
  /\bdirected(?:(?:,|,? and) (?:co-?)?(?:produced|written|edited|photographed|choreographed))* by (?<starring>and (?:co-)?starring )?/u;

/** Who made a film is said at the beginning; later the text speaks of other films. */
const LOOKED_AT = 500;

const INITIALS = String.raw`\p{Lu}\.(?:-?\p{Lu}\.)*(?![\p{L}\p{M}])`;
const WORD = String.raw`(?:${INITIALS}|St\.(?!\p{L})|(?:de)?\p{Lu}[\p{L}\p{M}'’.-]*[\p{L}\p{M}])`;
const PARTICLE = '(?:de|da|del|della|di|du|dos|des|la|le|van|von|der|den|ter|bin|al|y|e) ';

/** What no name goes on with: after an initial's full stop a sentence may begin ("by Ann R. It stars …"). */
const NEXT_SENTENCE = String.raw`(?:An?|It|Its|The|This|In|His|Her|With|Starring|Adapted|Based|Written)(?![\p{L}\p{M}'’.-])`;

/** "Guillermo del Toro", "F. W. Murnau", "Robertson, Jr.". One word alone may be a surname or a company. */
const NAME = new RegExp(
  `^${WORD}(?: (?!${NEXT_SENTENCE})(?:${PARTICLE})*${WORD}){1,4}(?:, [JS]r\\b)?(?:(?<= [JS]r)\\.)?`,
  'u',
);

/** Ahmir "Questlove" Thompson. */
const NICKNAME = / ["“][^"” ]{1,20}["”](?= \p{Lu})/gu;

const BETWEEN = /^(?:, and |, | and | & )/u;

/** "Hong Kong film veteran Stanley Tong", ", Starring Neha Dhupia", "Ray's play": capitals that are no director's name. */
const FOLLOWS_NO_NAME =
  /^[\s-](?:film|cinema|actor|actress|comedian|director|producer|writer|screenwriter|playwright|author|animator|creator|founder|veteran|native|brothers)/u;
const NO_NAME = /^(?:Starring|Academy|Oscar|American|British|Canadian|Australian)\b|['’]s$/u;

/**
 * Who directed a film, as an encyclopedia's text says it; none where it does not, or in a form that is not sure. Of 793
 * films of the large catalogue whose directors are known beside, 2 texts were read wrongly; the others that differ are
 * other spellings, or it is the text that is right.
 */
export function toldDirectors(overview: string): string[] {
  const beginning = overview.slice(0, LOOKED_AT);
  const found = DIRECTED_BY.exec(beginning);
  if (!found) return [];
  const names = namesAt(beginning.slice(found.index + found[0].length).replaceAll(NICKNAME, ''));
  // Whoever is named after a director who also stars may star alone.
  return found.groups?.starring ? names.slice(0, 1) : names;
}

function namesAt(text: string): string[] {
  const name = NAME.exec(text)?.[0];
  if (!name || NO_NAME.test(name)) return [];
  const rest = text.slice(name.length);
  if (FOLLOWS_NO_NAME.test(rest)) return [];
  const between = BETWEEN.exec(rest)?.[0];
  return [name.replace(/,? ([JS]r)\.?$/u, ' $1.'), ...(between ? namesAt(rest.slice(between.length)) : [])];
}
