/**
 * What Discord accepts, by name. Text that comes from data is cut with "…"; what would be our own mistake (too many
 * components, too many options) throws RangeError. Lengths are counted in UTF-16 units, which never undercounts.
 * Source: https://docs.discord.com/developers/components/reference and the OpenAPI description of the API.
 */

/** All components of a message, nested ones included. */
export const COMPONENTS = 40;
/** Characters in all text displays of a message together. */
export const TEXT = 4000;
/**
 * Beyond about 10,170 bytes of component data Discord answers 500, whatever else holds (discord-api-docs #8554).
 * Measured there on text; we count every string of the message, and keep a margin.
 */
export const COMPONENT_BYTES = 10_000;

export const BUTTONS_IN_ROW = 5;
export const BUTTON_LABEL = 80;
/** The id of a button, and the value of an option, which is one too. */
export const CUSTOM_ID = 100;
export const LINK_URL = 512;

export const SELECT_OPTIONS = 25;
export const OPTION_LABEL = 100;
export const OPTION_DESCRIPTION = 100;
export const PLACEHOLDER = 150;

/** Of a poll. A duration is whole hours, one at least. */
export const POLL_QUESTION = 300;
export const POLL_ANSWERS = 10;
export const POLL_ANSWER = 55;
export const POLL_HOURS = 768;

/** These two are ours, well below Discord's 1,024 and 2,048: five posters must leave room for words. */
export const ALT_TEXT = 150;
export const POSTER_URL = 512;

/** Suggestions while an option is being typed. */
export const SUGGESTIONS = 25;
export const SUGGESTION_LABEL = 100;
export const SUGGESTION_VALUE = 100;

export const COMMAND_OPTIONS = 25;
export const COMMAND_CHOICES = 25;
export const DESCRIPTION = 100;
export const CHOICE_NAME = 100;

/** Names of commands and options, in any language: letters of any script, lower case where there is one. */
export function isCommandName(name: string): boolean {
  return (
    /^[-_'\p{L}\p{N}\p{Script=Devanagari}\p{Script=Thai}]{1,32}$/u.test(name) && name === name.toLowerCase()
  );
}
/** Longest text that a string option may ask for. */
export const OPTION_TEXT = 6000;

const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * The longest beginning of `text` that costs at most `max` with its "…", cut between what people see as characters;
 * empty where not even that fits. `cost` must not be less for the parts together than for the whole.
 */
export function cut(
  text: string,
  max: number,
  cost: (part: string) => number = (part) => part.length,
): string {
  if (cost(text) <= max) return text;
  if (cost(ELLIPSIS) > max) return '';
  let left = max - cost(ELLIPSIS);
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    left -= cost(segment);
    if (left < 0) break;
    kept += segment;
  }
  return kept.trimEnd() + ELLIPSIS;
}

/**
 * How much each of several texts may take so that all fit into `total`: the longest are cut first, to one length.
 * Infinity where nothing has to be cut.
 */
export function fairShare(sizes: readonly number[], total: number): number {
  let left = total;
  for (const [index, size] of sizes.toSorted((a, b) => a - b).entries()) {
    const share = left / (sizes.length - index);
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** Throws RangeError that names what there is too much of: for what no data can bring about. */
export function assertAtMost(what: string, count: number, max: number): void {
  if (count > max) throw new RangeError(`Discord takes ${what} up to ${max}, not ${count}`);
}
