import type { Opinion } from '../../../src/people/opinions.ts';

export const gave = (movie: number, stars: number): Opinion => ({
  movie,
  stars,
  seen: true,
  dismissed: false,
  at: 0,
});
export const saw = (movie: number): Opinion => ({ movie, seen: true, dismissed: false, at: 0 });
export const dismissed = (movie: number): Opinion => ({ movie, seen: false, dismissed: true, at: 0 });
