import { LIKED_STARS, type RatingMatrix } from '../../src/taste/ratings.ts';

const LISTED = 20;

/** Scores of all movies for one person; the higher, the sooner shown. */
export type Scorer = (person: number) => Float64Array;

/**
 * Recall@20: of the films that somebody likes and that were held back, how many stand among the first 20 of those
 * that they did not rate in training; over at most 20. Mean over people with any.
 */
export function recall(train: RatingMatrix, test: RatingMatrix, scorer: Scorer): number {
  let sum = 0;
  let people = 0;
  for (let person = 0; person < test.byPerson.rows; person++) {
    const liked = new Set(
      rated(test, person).flatMap(([movie, stars]) => (stars >= LIKED_STARS ? movie : [])),
    );
    if (liked.size === 0) continue;
    const scores = scorer(person).slice();
    for (const [movie] of rated(train, person)) scores[movie] = -Infinity;
    const first = Int32Array.from(scores, (_, movie) => movie)
      .sort((a, b) => scores[b]! - scores[a]! || a - b)
      .subarray(0, LISTED);
    sum += first.filter((movie) => liked.has(movie)).length / Math.min(LISTED, liked.size);
    people += 1;
  }
  return sum / people;
}

/** How many like a movie. */
export function popularity(train: RatingMatrix): Scorer {
  const likes = Float64Array.from({ length: train.byMovie.rows }, (_, movie) => likers(train, movie).length);
  return () => likes;
}

/** The sum of the cosines of a movie with those that the person likes, by who likes both. */
export function itemCosine(train: RatingMatrix): Scorer {
  const norms = Float64Array.from({ length: train.byMovie.rows }, (_, movie) =>
    Math.sqrt(likers(train, movie).length),
  );
  const likesOf = Array.from({ length: train.byPerson.rows }, (_, person) =>
    rated(train, person).flatMap(([movie, stars]) => (stars >= LIKED_STARS ? movie : [])),
  );
  return (person) => {
    const scores = new Float64Array(train.byMovie.rows);
    for (const own of likesOf[person]!)
      for (const other of likers(train, own))
        for (const movie of likesOf[other]!) scores[movie]! += 1 / (norms[own]! * norms[movie]!);
    return scores;
  };
}

/** Movies and stars of one person. */
export function rated({ byPerson }: RatingMatrix, person: number): [movie: number, stars: number][] {
  const [start, end] = [byPerson.starts[person]!, byPerson.starts[person + 1]!];
  return Array.from(byPerson.others.subarray(start, end), (movie, at) => [
    movie,
    byPerson.stars[start + at]!,
  ]);
}

function likers({ byMovie }: RatingMatrix, movie: number): number[] {
  const [start, end] = [byMovie.starts[movie]!, byMovie.starts[movie + 1]!];
  return [...byMovie.others.subarray(start, end)].filter(
    (_, at) => byMovie.stars[start + at]! >= LIKED_STARS,
  );
}
