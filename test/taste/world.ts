import { seededRandom } from '../../src/embedding/words/random.ts';
import type { MovieContent } from '../../src/taste/content.ts';
import type { Rating } from '../../src/taste/ratings.ts';

/**
 * A world with two kinds of film and two kinds of people: whoever likes the one kind gives it 5 stars and the other
 * 1.5. Everybody rates two films of three.
 */
export const FILMS = Array.from({ length: 30 }, (_, i) => `${i % 2 === 0 ? 'loud' : 'quiet'}${i}`);

export function worldOf(people: number): Rating[] {
  const random = seededRandom(4);
  return Array.from({ length: people }, (_, p) => p).flatMap((p) =>
    FILMS.flatMap((movie, at) =>
      random() < 2 / 3 ? [{ person: `p${p}`, movie, stars: starsOf(p % 2 === 0, movie), at }] : [],
    ),
  );
}

export function starsOf(likesLoud: boolean, movie: string): number {
  return movie.startsWith('loud') === likesLoud ? 5 : 1.5;
}

/** Of which kind a film is, for films of the world and for those that nobody rated. */
export const KINDS: MovieContent = {
  id: 'kinds',
  width: 2,
  of: (movie) => (movie.startsWith('loud') ? Float32Array.of(1, 0) : Float32Array.of(0, 1)),
};
