/**
 * How well the built-in word vectors tell which films people find alike, beside simpler measures.
 *
 *   node bench/words.ts [--file data/words.bin] [--train]
 *
 * Pairs come from MovieLens: films liked (4 stars or more) by the same people. The alike pairs are the 1,800 with
 * the highest lift (how often liked together, over chance). Against each stand pairs of one of its films with
 * another film as well liked and as old as its partner but rarely liked together with it: popularity and age,
 * which alone would explain most of who likes what, thus explain nothing here. AUC 0.5 is chance.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { movieText } from '../src/embedding/movie-text.ts';
import { loadWordModel } from '../src/embedding/words/model.ts';
import { seededRandom } from '../src/embedding/words/random.ts';
import { tokenise } from '../src/embedding/words/tokens.ts';
import { trainWords } from '../src/embedding/words/train-cli.ts';
import { dot } from '../src/embedding/words/vector.ts';

interface Movie {
  readonly title: string;
  readonly year?: number;
  readonly overview?: string;
  readonly tagline?: string;
  readonly keywords: readonly string[];
  readonly genres: readonly string[];
  readonly ids?: { readonly movielens?: number };
}
interface Film {
  readonly movie: Movie;
  readonly likedBy: Set<string>;
}
type Pair = readonly [Film, Film];
type Likeness = (a: Movie, b: Movie) => number;

const DATA = '../shared/data';
const FEWEST_LIKES = 20;
const FEWEST_SHARED_LIKES = 8;
const ALIKE_PAIRS = 1800;
const UNLIKE_PER_ALIKE = 6;

const PARAPHRASES: readonly (readonly [string, string])[] = [
  ['a thief who steals secrets through dreams', 'Inception'],
  ['a hacker learns that reality is a simulation run by machines', 'The Matrix'],
  ['a shark terrorizes a beach town', 'Jaws'],
  ['scientists clone dinosaurs for a theme park and they escape', 'Jurassic Park'],
  ['a boy is left alone at home at christmas and fights burglars', 'Home Alone'],
  ['a weatherman relives the same day over and over', 'Groundhog Day'],
  ['a clownfish searches the ocean for his lost son', 'Finding Nemo'],
  ['a young lion prince flees after the murder of his father', 'The Lion King'],
  ["a man with amnesia uses tattoos to hunt his wife's killer", 'Memento'],
  ['an fbi trainee consults a cannibal to catch a serial killer', 'The Silence of the Lambs'],
  ['a love story aboard a sinking ocean liner', 'Titanic'],
  ['a crew on a spaceship is hunted by an alien creature', 'Alien'],
  ['a rat who wants to be a chef in paris', 'Ratatouille'],
  ['a cyborg is sent back in time to kill a woman', 'The Terminator'],
  ['a teenager travels back in time and must make his parents fall in love', 'Back to the Future'],
  ['an archaeologist races nazis to find the ark', 'Raiders of the Lost Ark'],
  ['an innocent banker sentenced to life in prison', 'The Shawshank Redemption'],
  ['a family works as caretakers in a haunted hotel in winter', 'The Shining'],
];

const { values: flags } = parseArgs({
  options: {
    file: { type: 'string', default: 'data/words.bin' },
    train: { type: 'boolean', default: false },
  },
});
if (flags.train) {
  const started = performance.now();
  const result = await trainWords({ from: `${DATA}/wikipedia/movies.json.gz`, to: flags.file });
  console.log('trained', result, `${((performance.now() - started) / 1000).toFixed(0)} s`);
}

const loadStarted = performance.now();
const model = await loadWordModel(flags.file);
console.log(
  `load ${(performance.now() - loadStarted).toFixed(0)} ms, ${model.dimensions} dimensions, ${model.hash}`,
);

const described = readCatalogue().filter((movie) => movie.overview);
const films = likedFilms(described);
const { alike, unlike } = choosePairs(films);
console.log(`${films.length} films, ${alike.length} alike pairs, ${unlike.length} unlike pairs\n`);

const wordsAlike = cosineOf((text) => model.embedText(text));
const measures: Record<string, Likeness> = {
  'closeness in year': (a, b) => -Math.abs((a.year ?? 0) - (b.year ?? 0)),
  'genre overlap': genreOverlap,
  'TF-IDF of the same text': tfIdfLikeness(described),
  'word vectors, overview only': cosineOf(
    (text) => model.embedText(text),
    (movie) => movie.overview ?? '',
  ),
  'word vectors': wordsAlike,
  'word vectors + 0.4 genre overlap': (a, b) => wordsAlike(a, b) + 0.4 * genreOverlap(a, b),
};
for (const [name, likeness] of Object.entries(measures)) console.log(auc(likeness).toFixed(3), name);
reportPlotSearch();

function readCatalogue(): Movie[] {
  const lines = gunzipSync(readFileSync(`${DATA}/catalogue-large.jsonl.gz`))
    .toString()
    .trim()
    .split('\n');
  return lines.map(
    (line) => ({ keywords: [], genres: [], ...(JSON.parse(line) as Partial<Movie>) }) as Movie,
  );
}

function likedFilms(movies: readonly Movie[]): Film[] {
  const likes = new Map<number, Set<string>>();
  for (const line of readFileSync(`${DATA}/ml-latest-small/ratings.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)) {
    const [person, film, stars] = line.split(',') as [string, string, string];
    if (Number(stars) < 4) continue;
    likes.set(Number(film), (likes.get(Number(film)) ?? new Set()).add(person));
  }
  return movies.flatMap((movie) => {
    const likedBy = likes.get(movie.ids?.movielens ?? -1);
    return likedBy && likedBy.size >= FEWEST_LIKES ? { movie, likedBy } : [];
  });
}

function choosePairs(films: readonly Film[]): { alike: Pair[]; unlike: Pair[] } {
  const people = new Set(films.flatMap((film) => [...film.likedBy])).size;
  const lift = (a: Film, b: Film) =>
    (shared(a.likedBy, b.likedBy) * people) / (a.likedBy.size * b.likedBy.size);
  const pairs = films.flatMap((a, i) =>
    films.slice(i + 1).map((b) => ({ pair: [a, b] as Pair, lift: lift(a, b) })),
  );
  const alike = pairs
    .filter(({ pair: [a, b] }) => shared(a.likedBy, b.likedBy) >= FEWEST_SHARED_LIKES)
    .sort((a, b) => b.lift - a.lift)
    .slice(0, ALIKE_PAIRS)
    .map(({ pair }) => pair);

  const random = seededRandom(7);
  const unlike = alike.flatMap(([a, b], i) => {
    const [kept, replaced] = i % 2 === 0 ? [a, b] : [b, a];
    const others = films.filter(
      (film) => film !== kept && film !== replaced && isComparable(film, replaced) && lift(kept, film) < 2,
    );
    const chosen = Array.from({ length: Math.min(UNLIKE_PER_ALIKE, others.length) }, () =>
      others.splice(Math.floor(random() * others.length), 1),
    );
    return chosen.flat().map((film): Pair => [kept, film]);
  });
  return { alike, unlike };
}

function isComparable(a: Film, b: Film): boolean {
  const ratio = a.likedBy.size / b.likedBy.size;
  return Math.abs((a.movie.year ?? 0) - (b.movie.year ?? 0)) <= 2 && ratio < 1.6 && ratio > 1 / 1.6;
}

/** The chance that a pair of alike films scores higher than a pair of unlike ones; ties count half. */
function auc(likeness: Likeness): number {
  const score = ([a, b]: Pair) => likeness(a.movie, b.movie);
  const unlikeScores = Float64Array.from(unlike, score).sort();
  const below = (value: number, orEqual: boolean) => {
    let [low, high] = [0, unlikeScores.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const left = orEqual ? unlikeScores[middle]! <= value : unlikeScores[middle]! < value;
      if (left) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const wins = alike
    .map(score)
    .reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0);
  return wins / (alike.length * unlike.length);
}

function cosineOf(
  embed: (text: string) => Float32Array | undefined,
  textOf: (movie: Movie) => string = (movie) => movieText(movie) ?? '',
): Likeness {
  const vectors = new Map<Movie, Float32Array | undefined>();
  const vectorOf = (movie: Movie) => {
    if (!vectors.has(movie)) vectors.set(movie, embed(textOf(movie)));
    return vectors.get(movie);
  };
  return (a, b) => {
    const [first, second] = [vectorOf(a), vectorOf(b)];
    return first && second ? dot(first, second) : 0;
  };
}

/** Shared genres over all genres of both. */
function genreOverlap(a: Movie, b: Movie): number {
  const [first, second] = [a, b].map(
    (movie) => new Set(movie.genres.map((genre) => genre.toLowerCase().replace('sci-fi', 'science fiction'))),
  ) as [Set<string>, Set<string>];
  const common = shared(first, second);
  return common / Math.max(1, first.size + second.size - common);
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let count = 0;
  for (const item of a) if (b.has(item)) count++;
  return count;
}

function tfIdfLikeness(movies: readonly Movie[]): Likeness {
  const counts = new Map<string, number>();
  const words = (movie: Movie) => tokenise(movieText(movie) ?? '');
  for (const movie of movies)
    for (const word of new Set(words(movie))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weights = (movie: Movie) => {
    const vector = new Map<string, number>();
    for (const word of words(movie)) {
      vector.set(word, (vector.get(word) ?? 0) + Math.log(movies.length / counts.get(word)!));
    }
    const length = Math.hypot(...vector.values()) || 1;
    return new Map([...vector].map(([word, weight]) => [word, weight / length]));
  };
  return (a, b) => {
    const second = weights(b);
    return [...weights(a)].reduce((sum, [word, weight]) => sum + weight * (second.get(word) ?? 0), 0);
  };
}

/** Where the film stands among all described ones when looked for in other words; 1 is found at once. */
function reportPlotSearch(): void {
  const started = performance.now();
  const vectors = described.map((movie) => model.embedText(movieText(movie) ?? ''));
  const rate = described.length / ((performance.now() - started) / 1000);
  console.log(`\nembedded ${described.length} movies, ${Math.round(rate)} a second; rank by paraphrase:`);
  const ranks = PARAPHRASES.map(([text, title]) => {
    const query = model.embedText(text)!;
    const scores = vectors.map((vector) => (vector ? dot(vector, query) : -1));
    const best = Math.max(...described.map((movie, i) => (movie.title === title ? scores[i]! : -1)));
    const rank = 1 + scores.filter((score) => score > best).length;
    console.log(String(rank).padStart(6), title);
    return rank;
  });
  const reciprocal = ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length;
  console.log(`mean reciprocal rank ${reciprocal.toFixed(3)}`);
}
