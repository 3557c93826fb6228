import { join } from 'node:path';
import type { SqlCatalogue } from '../../catalogue/sql/sql-catalogue.ts';
import type { Embedder } from '../../embedding/embedder.ts';
import { CONTENT_ID, CONTENT_WIDTH, describe } from '../../taste/content.ts';
import { Taste } from '../../taste/model.ts';
import { type Rating, readRatings } from '../../taste/ratings.ts';
import { learnTaste } from '../../taste/train.ts';
import { genresOfBits } from '../genre-bits.ts';
import { readFeatures } from '../read-features.ts';
import { type Corpus, readCorpus } from './corpus.ts';
import type { Given } from './fit-liking.ts';
import { type Likes, readImdbIds, readLikes, rowsOf } from './likes.ts';

/**
 * Half of the people of a rating set teach where films stand, the other half judge which films are alike and what they
 * are shown: so nobody judges what they taught.
 */
function isTeacher(person: number): boolean {
  return person % 2 === 0;
}

/** All ratings of a MovieLens set, by IMDb id, people numbered from 0; in the order of the file. */
async function readSetRatings(folder: string): Promise<(Rating & { readonly number: number })[]> {
  const imdbOf = await readImdbIds(folder);
  return (await rowsOf(join(folder, 'ratings.csv'))).flatMap(([person, film, stars, at]) => {
    const movie = imdbOf.get(film!);
    const number = Number(person) - 1;
    return movie ? [{ person: person!, number, movie, stars: Number(stars), at: Number(at) }] : [];
  });
}

/** What the teachers' ratings teach, with genres and years from a catalogue. */
export async function taughtTaste(folder: string, catalogue: SqlCatalogue): Promise<Taste> {
  const taught = (await readSetRatings(folder)).filter(({ number }) => isTeacher(number));
  const features = await readFeatures(catalogue);
  await features.linkSeries();
  const content = {
    id: CONTENT_ID,
    width: CONTENT_WIDTH,
    of(id: string) {
      const known = features.get(id);
      return known && describe({ genres: genresOfBits(known.genres), year: known.year });
    },
  };
  return new Taste(await learnTaste(await readRatings(taught), { content }));
}

/** What each judge gave to movies of a catalogue, by their numbers, the oldest first. */
export async function judgesIn(folder: string, catalogue: SqlCatalogue): Promise<Given[]> {
  const given = (await readSetRatings(folder)).filter(({ number }) => !isTeacher(number));
  const movies = await catalogue.get([...new Set(given.map(({ movie }) => movie))]);
  const byJudge = Map.groupBy(given, ({ number }) => number);
  return [...byJudge.values()].map((ratings) =>
    ratings
      .toSorted((a, b) => a.at - b.at)
      .flatMap(({ movie, stars }) => {
        const found = movies.get(movie);
        return found ? [{ movie: found.number, stars }] : [];
      }),
  );
}

/** The films of a catalogue, alike where the judges like them together. */
export async function judgedCorpus(
  name: string,
  catalogue: SqlCatalogue,
  embedder: Embedder,
  folder: string,
): Promise<Corpus> {
  return readCorpus(name, catalogue, embedder, judgesOnly(await readLikes(folder)));
}

function judgesOnly(likes: Likes): Likes {
  const judged = ([film, people]: [string, ReadonlySet<number>]) =>
    [film, new Set([...people].filter((person) => !isTeacher(person)))] as const;
  return new Map([...likes].map(judged));
}
