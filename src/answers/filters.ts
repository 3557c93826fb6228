import type { Values } from '../chat/command.ts';
import { filterArgs, filtersFrom } from '../chat/filter-args.ts';
import type { Language } from '../messages/languages.ts';
import { type Message, say } from '../messages/message.ts';
import { Wording } from '../messages/wording.ts';
import type { MovieFilters } from '../recommender/filters.ts';

/** The filters in effect, one message each, in the reader's words. */
export function filterMessages(filters: MovieFilters, language: Language): Message[] {
  const words = new Wording(language);
  const messages: (Message | false | undefined)[] = [
    filters.kind !== undefined && say(`kind.${filters.kind}`),
    ...(filters.genres ?? []).map((slug) => say('filter.genre', { genre: say(`genre.${slug}`) })),
    ...(filters.withoutGenres ?? []).map((slug) =>
      say('filter.withoutGenre', { genre: say(`genre.${slug}`) }),
    ),
    years(filters),
    runtime(filters),
    filters.language !== undefined &&
      say('filter.language', { language: words.languageName(filters.language) }),
    filters.country !== undefined && say('filter.country', { country: words.countryName(filters.country) }),
    filters.votes !== undefined && say('filter.votes', { votes: filters.votes }),
    filters.hiddenGems && say('popularity.low'),
    filters.withFranchise && say('franchise.include'),
  ];
  return messages.filter((message) => typeof message === 'object');
}

/** What one filter says as it is typed, such as `genre` and "horror,-comedy". Throws a UserError where it says nothing. */
export function typedFilterMessages(name: string, text: string, language: Language): Message[] {
  const value = filterArgs[name as keyof typeof filterArgs].parse(text);
  return filterMessages(filtersFrom({ [name]: value } as Values<typeof filterArgs>), language);
}

function years({ from, to }: MovieFilters): Message | undefined {
  if (from !== undefined && to !== undefined)
    return say('filter.years', { from: String(from), to: String(to) });
  if (from !== undefined) return say('filter.from', { year: String(from) });
  return to === undefined ? undefined : say('filter.to', { year: String(to) });
}

function runtime({ runtime: range }: MovieFilters): Message | undefined {
  if (range?.min !== undefined && range.max !== undefined)
    return say('filter.runtimeRange', { min: String(range.min), max: String(range.max) });
  if (range?.max !== undefined) return say('filter.runtimeMax', { max: String(range.max) });
  return range?.min === undefined ? undefined : say('filter.runtimeMin', { min: String(range.min) });
}
