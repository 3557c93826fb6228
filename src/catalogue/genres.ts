/** The project's genres: slug → English name. A slug is what is stored, filtered by and packed into buttons (in this order: append only). */
export const GENRES = {
  action: 'Action',
  adventure: 'Adventure',
  animation: 'Animation',
  biography: 'Biography',
  comedy: 'Comedy',
  crime: 'Crime',
  documentary: 'Documentary',
  drama: 'Drama',
  family: 'Family',
  fantasy: 'Fantasy',
  'film-noir': 'Film Noir',
  history: 'History',
  horror: 'Horror',
  music: 'Music',
  musical: 'Musical',
  mystery: 'Mystery',
  romance: 'Romance',
  'science-fiction': 'Science Fiction',
  sport: 'Sport',
  thriller: 'Thriller',
  war: 'War',
  western: 'Western',
} as const;

export type Genre = keyof typeof GENRES;

export const GENRE_SLUGS = Object.keys(GENRES) as Genre[];

/**
 * How the sources spell genres, folded by {@link foldGenre}. One spelling may name several genres; an empty list
 * is a shelf mark that says nothing about the movie. What is missing here becomes a keyword and is counted.
 */
const SPELLINGS: Readonly<Record<string, readonly Genre[]>> = {
  'action adventure': ['action', 'adventure'],
  'action and adventure': ['action', 'adventure'],
  actions: ['action'],
  animated: ['animation'],
  anime: ['animation'],
  'anime features': ['animation'],
  'anime series': ['animation'],
  biographical: ['biography'],
  biopic: ['biography'],
  children: ['family'],
  'children and family movies': ['family'],
  childrens: ['family'],
  comedies: ['comedy'],
  'concert film': ['music'],
  'crime tv shows': ['crime'],
  documentaries: ['documentary'],
  docuseries: ['documentary'],
  dramas: ['drama'],
  historical: ['history'],
  'horror movies': ['horror'],
  kids: ['family'],
  'kids tv': ['family'],
  'martial arts': ['action'],
  'military and war': ['war'],
  'music and musicals': ['music', 'musical'],
  'music videos and concerts': ['music'],
  'film noir': ['film-noir'],
  noir: ['film-noir'],
  parody: ['comedy'],
  'police cop': ['crime'],
  'romantic movies': ['romance'],
  'romantic tv shows': ['romance'],
  satire: ['comedy'],
  'sci fi': ['science-fiction'],
  'sci fi and fantasy': ['science-fiction', 'fantasy'],
  scifi: ['science-fiction'],
  slasher: ['horror'],
  sports: ['sport'],
  'sports movies': ['sport'],
  'stand up comedy': ['comedy'],
  'stand up comedy and talk shows': ['comedy'],
  superhero: ['action'],
  suspense: ['thriller'],
  thrillers: ['thriller'],
  'tv action and adventure': ['action', 'adventure'],
  'tv comedies': ['comedy'],
  'tv dramas': ['drama'],
  'tv horror': ['horror'],
  'tv mysteries': ['mystery'],
  'tv sci fi and fantasy': ['science-fiction', 'fantasy'],
  'tv thrillers': ['thriller'],
  westerns: ['western'],
  'international movies': [],
  'international tv shows': [],
  international: [],
  'tv shows': [],
  'tv movie': [],
  movies: [],
  series: [],
  'special interest': [],
  entertainment: [],
  foreign: [],
  imax: [],
  'no genres listed': [],
  'n a': [],
};

/** Lower case, signs to spaces, `&` to "and": "Sci-Fi & Fantasy" → "sci fi and fantasy". */
function foldGenre(spelling: string): string {
  return spelling
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/['’]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const BY_FOLDED = new Map<string, readonly Genre[]>([
  ...Object.entries(SPELLINGS),
  ...GENRE_SLUGS.map((slug) => [foldGenre(GENRES[slug]), [slug]] as const),
  ...GENRE_SLUGS.map((slug) => [foldGenre(slug), [slug]] as const),
]);

/** Spellings as they were met: an import meets the same hundred a million times. */
const BY_SPELLING = new Map<string, readonly Genre[]>();

/** The genres a spelling stands for; empty for a shelf mark; undefined where the spelling is not known. */
export function genresOf(spelling: string): readonly Genre[] | undefined {
  const met = BY_SPELLING.get(spelling);
  if (met) return met;
  const genres = BY_FOLDED.get(foldGenre(spelling));
  if (genres && BY_SPELLING.size < 1000) BY_SPELLING.set(spelling, genres);
  return genres;
}

/** Sorts a source's spellings into our genres and, for what has no genre here, keywords. No duplicates; order kept. */
export function canonicalGenres(spellings: readonly string[]): { genres: Genre[]; unknown: string[] } {
  if (spellings.length === 0) return { genres: [], unknown: [] };
  const genres = new Set<Genre>();
  const unknown = new Set<string>();
  for (const spelling of spellings) {
    const known = genresOf(spelling);
    if (known) for (const genre of known) genres.add(genre);
    else if (spelling.trim()) unknown.add(spelling.trim().toLowerCase());
  }
  return { genres: [...genres], unknown: [...unknown] };
}
