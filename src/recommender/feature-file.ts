import { setImmediate } from 'node:timers/promises';
import type { Revision } from '../catalogue/catalogue.ts';
import type { Genre } from '../catalogue/genres.ts';
import type { Kind, MovieId } from '../catalogue/movie.ts';
import { type FileKind, loadArrays, saveArrays } from '../store/array-file.ts';
import { FILTERABLE, type Field, METADATA_VERSION, type Metadata } from '../vectors/filter.ts';
import { type Features, FeatureTable } from './features.ts';
import { genreBits } from './genre-bits.ts';
import { ColumnWriter, columnReader, ListWriter, listReader } from './packed-lists.ts';
import { Vocabulary } from './vocabulary.ts';

/** `format` is raised with every change of the arrays or of what features are: other files are made anew. */
const KIND: FileKind = { name: `kindred features, metadata ${METADATA_VERSION}`, format: 2 };

/** Movies between two breaths of the event loop: some milliseconds. */
const STEP = 2000;

const FIELDS = Object.keys(FILTERABLE) as Field[];
const LISTS = ['directors', 'cast', 'keywords'] as const;

/** The features of every described movie of a catalogue, as they were at a revision or later. */
export interface FeaturesAt {
  readonly table: FeatureTable;
  /** Its id. */
  readonly catalogue: number;
  readonly revision: Revision;
}

/** What is told of the arrays: of each movie, and by field the distinct values of what is no number. */
interface About extends Omit<FeaturesAt, 'table'> {
  readonly ids: readonly MovieId[];
  readonly titles: readonly string[];
  readonly people: readonly string[];
  readonly words: readonly string[];
  readonly distinct: Readonly<Partial<Record<Field, readonly unknown[]>>>;
}

/**
 * Writes features into a file, from which they are read in a third of the time that the catalogue takes. Genres that
 * were guessed are not among them. The table may change meanwhile: what changes it comes again with the revisions after
 * this one.
 */
export async function keepFeatures(file: string, { table, catalogue, revision }: FeaturesAt): Promise<void> {
  const movies = table.all();
  const columns = FIELDS.map((field) => [field, new ColumnWriter(FILTERABLE[field], movies.length)] as const);
  const lists = LISTS.map((name) => [name, new ListWriter(movies.length)] as const);
  const numbers = new Uint32Array(movies.length);
  const sequels = new Uint8Array(movies.length);
  for (const [row, movie] of movies.entries()) {
    numbers[row] = movie.number;
    sequels[row] = movie.sequel ? 1 : 0;
    for (const [field, column] of columns) column.set(row, movie.metadata[field]);
    for (const [name, list] of lists) list.set(row, movie[name]);
    if (row % STEP === STEP - 1) await setImmediate();
  }
  const about = {
    catalogue,
    revision,
    ids: movies.map(({ id }) => id),
    titles: movies.map(({ title }) => title),
    people: table.people.names,
    words: table.words.names,
    distinct: Object.fromEntries(
      columns.flatMap(([field, { distinct }]) => (distinct ? [[field, distinct]] : [])),
    ),
  } satisfies About;
  const arrays = Object.fromEntries([
    ['numbers', numbers] as const,
    ['sequels', sequels] as const,
    ...columns.map(([field, { values }]) => [`of ${field}`, values] as const),
    ...lists.flatMap(([name, { lengths, members }]) => [
      [`lengths of ${name}`, lengths] as const,
      [name, members] as const,
    ]),
  ]);
  await saveArrays(file, KIND, { about, arrays });
}

/** What {@link keepFeatures} wrote; `undefined` where the file is missing, damaged or of another version. */
export async function keptFeatures(file: string): Promise<FeaturesAt | undefined> {
  const kept = await loadArrays(file, KIND);
  if (!kept) return undefined;
  const { catalogue, revision, ids, titles, people, words, distinct } = kept.about as About;
  const arrays = kept.arrays as Record<string, ArrayLike<number>>;
  const table = new FeatureTable(new Vocabulary(people), new Vocabulary(words));
  const columns = FIELDS.map(
    (field) => [field, columnReader(arrays[`of ${field}`]!, distinct[field])] as const,
  );
  const listsOf = (name: (typeof LISTS)[number]) => listReader(arrays[`lengths of ${name}`]!, arrays[name]!);
  const [nextDirectors, nextCast, nextKeywords] = [
    listsOf('directors'),
    listsOf('cast'),
    listsOf('keywords'),
  ];
  const bitsOf = memoised(genreBits);
  for (const [row, id] of ids.entries()) {
    const metadata = metadataAt(columns, row);
    table.add({
      id,
      number: arrays.numbers![row]!,
      kind: metadata.kind as Kind,
      title: titles[row]!,
      year: metadata.year,
      genres: metadata.genres ? bitsOf(metadata.genres as readonly Genre[]) : 0,
      genresGuessed: false,
      directors: nextDirectors(),
      cast: nextCast(),
      keywords: nextKeywords(),
      popularity: metadata.popularity ?? 0,
      franchise: metadata.franchise,
      sequel: arrays.sequels![row] === 1,
      adult: metadata.adult === true,
      metadata,
    } satisfies Features);
    if (row % STEP === STEP - 1) await setImmediate();
  }
  return { table, catalogue, revision };
}

/** Movies of the same genres have the same list of them. */
function memoised<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? work(key);
    known.set(key, value);
    return value;
  };
}

function metadataAt(columns: readonly (readonly [Field, (row: number) => unknown])[], row: number): Metadata {
  const metadata: Partial<Record<Field, unknown>> = {};
  for (const [field, at] of columns) {
    const value = at(row);
    if (value !== undefined) metadata[field] = value;
  }
  return metadata as Metadata;
}
