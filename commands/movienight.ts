import { hidden, integerArg, textArg } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { filterArgs, filtersFrom } from '../src/chat/filter-args.ts';
import { oneOf } from '../src/chat/packing.ts';
import { MOOD_NAMES } from '../src/nights/moods.ts';
import { MAX_PROPOSED } from '../src/nights/propose.ts';
import { beginNight, MAX_HOURS, nightStep, STEPS } from '../src/nights/session.ts';

const DEFAULT_HOURS = 1;

export const movienight = defineCommand({
  name: 'movienight',
  code: 9,
  summary: 'movienight.summary',
  args: {
    mood: textArg({ code: 50, summary: 'arg.mood', maxLength: 200 }),
    ...filterArgs,
    hours: integerArg({ code: 51, name: 'hours', summary: 'arg.hours', min: 1, max: MAX_HOURS }),
    people: textArg({ code: 52, summary: 'arg.people', maxLength: 500 }),
    night: hidden(integerArg({ code: 53, name: 'night', summary: 'arg.night', min: 1, max: 1e9 })),
    step: hidden({
      ...textArg({ code: 54, summary: 'arg.step', maxLength: 20 }),
      packing: oneOf(STEPS),
    }),
    picked: hidden({
      ...textArg({ code: 55, summary: 'arg.chosenMood', maxLength: 20 }),
      packing: oneOf(MOOD_NAMES),
    }),
    film: hidden(integerArg({ code: 56, name: 'film', summary: 'arg.film', min: 0, max: MAX_PROPOSED - 1 })),
  },
  run(args, tools) {
    if (args.night !== undefined)
      return nightStep({ night: args.night, step: args.step, mood: args.picked, film: args.film }, tools);
    const wish = { ...(args.mood !== undefined && { words: args.mood }), filters: filtersFrom(args) };
    return beginNight({ wish, hours: args.hours ?? DEFAULT_HOURS, people: args.people }, tools);
  },
});
