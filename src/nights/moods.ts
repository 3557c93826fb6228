import type { MovieFilters } from '../recommender/filters.ts';

/** A mood to pick: words that the embedder understands, and what a film for it must and must not be. */
export interface Mood {
  readonly words?: string;
  readonly filters: MovieFilters;
}

/** By name; `mood.NAME` is its label. The order is for good (buttons): a new one goes to the end. */
export const MOODS = {
  laugh: { words: 'funny comedy full of jokes and laughter', filters: { genres: ['comedy'] } },
  cry: { words: 'moving story of love and loss, tears and farewell', filters: { genres: ['drama'] } },
  thrill: { words: 'suspense, danger and a murderous chase', filters: { genres: ['thriller'] } },
  scare: { words: 'terrifying haunted house, ghosts and monsters', filters: { genres: ['horror'] } },
  think: { words: 'mystery of reality, memory, time and identity', filters: {} },
  cosy: {
    words: 'warm and gentle story of friendship, family and kindness',
    filters: { withoutGenres: ['horror', 'war'] },
  },
  adventure: { words: 'epic journey, quest and adventure', filters: { genres: ['adventure'] } },
  short: { filters: { runtime: { max: 100 } } },
} as const satisfies Record<string, Mood>;

export type MoodName = keyof typeof MOODS;

export const MOOD_NAMES = Object.keys(MOODS) as MoodName[];

/** Undefined for a name that an older version may have known. */
export function moodCalled(name: string | undefined): Mood | undefined {
  return MOOD_NAMES.includes(name as MoodName) ? MOODS[name as MoodName] : undefined;
}
