import { say } from '../messages/message.ts';
import { type Arg, choiceArg, quote } from './args.ts';
import { UserError } from './errors.ts';

/** Half a star to five, as text: what a rating can be. */
export const STARS = ['0.5', '1', '1.5', '2', '2.5', '3', '3.5', '4', '4.5', '5'] as const;

export type StarsText = (typeof STARS)[number];

const choices = choiceArg({
  code: 21,
  name: 'stars',
  summary: 'arg.stars',
  choices: STARS.map((value) => ({ value, label: `stars.${value}` as const })),
});

/** "4.5", "4,5", "4½", "4 stars", "9/10" → 4.5. Throws {@link UserError} on anything that nobody can give. */
export const starsArg: Arg<number> = {
  ...choices,
  parse(text) {
    const stars = readStars(text);
    if (!STARS.includes(String(stars) as StarsText))
      throw new UserError(say('error.stars', { text: quote(text) }));
    return stars;
  },
};

const WRITTEN = String.raw`([+-]?\d{1,6}(?:[.,]\d{1,3})?|\d?½)\s*(★|\*|stars?|\/\s*5|\/\s*10)?`;

function readStars(text: string): number {
  const [, number = '', unit = ''] = new RegExp(`^${WRITTEN}$`, 'iu').exec(text.trim()) ?? [];
  if (!number) return Number.NaN;
  const value = number.endsWith('½') ? Number(number.slice(0, -1)) + 0.5 : Number(number.replace(',', '.'));
  return /10$/u.test(unit) ? value / 2 : value;
}

/** "Alien 4.5" → the film and the stars as they were typed; undefined where it does not end in a number. */
export function splitStars(typed: string): { readonly title: string; readonly stars: string } | undefined {
  const match = new RegExp(String.raw`^(.*\S)\s+(${WRITTEN})$`, 'iu').exec(typed.trim());
  return match ? { title: match[1]!, stars: match[2]! } : undefined;
}
