import { commonPart } from './common-part.ts';
import { countCooccurrences } from './cooccurrence.ts';
import { type Corpus, CorpusBuilder } from './corpus.ts';
import { NameFinder } from './names.ts';
import { positiveInformation } from './ppmi.ts';
import { quantise } from './quantise.ts';
import { truncatedSvd } from './svd.ts';
import { tokenise } from './tokens.ts';
import { averageRows, type WordTable } from './word-table.ts';

/** One text to learn from. */
export interface TrainingDocument {
  readonly text: string;
  /** They follow every sentence, so that each word meets the genres it stands for. */
  readonly genres?: readonly string[];
  /** Names that occur in the text; helps to tell people's names from other words. */
  readonly people?: readonly string[];
}

export interface TrainingOptions {
  /** Length of the vectors; fewer where the vocabulary is smaller. */
  readonly dimensions: number;
  /** Words seen less often are left out. */
  readonly minCount: number;
  /** How many words to each side count as company. */
  readonly window: number;
  /** Power of context counts in PPMI. */
  readonly contextPower: number;
  /** Power of the singular values by which the directions of the vectors are stretched. */
  readonly singularPower: number;
  readonly seed: number;
}

/** Chosen by measurement: see data/words.md. */
export const TRAINING_DEFAULTS: TrainingOptions = {
  dimensions: 192,
  minCount: 5,
  window: 20,
  contextPower: 0.75,
  singularPower: 0.75,
  seed: 20240601,
};

export interface TrainingProgress {
  readonly stage: 'reading' | 'counting' | 'factorising' | 'centring';
  /** Share of the stage that is done, 0 to 1; absent while the amount of work is unknown. */
  readonly share?: number;
  /** Documents read so far. */
  readonly documents: number;
}

/**
 * Learns word vectors from texts: co-occurrence, PPMI, truncated SVD. Deterministic: the same documents in the
 * same order with the same options give the same table, bit by bit. Takes a minute for two million words and
 * blocks the event loop while it counts, so it belongs in a command and not in a running bot.
 *
 * @throws Error where no word occurs `minCount` times.
 */
export async function train(
  documents: AsyncIterable<TrainingDocument> | Iterable<TrainingDocument>,
  options: Partial<TrainingOptions> = {},
  onProgress: (progress: TrainingProgress) => void = () => {},
): Promise<WordTable> {
  const settings = { ...TRAINING_DEFAULTS, ...options };
  const { corpus, texts } = await readCorpus(documents, settings.minCount, onProgress);
  const report = (stage: TrainingProgress['stage'], share: number) =>
    onProgress({ stage, share, documents: texts.length });

  report('counting', 0);
  const information = positiveInformation(countCooccurrences(corpus, settings.window), settings.contextPower);
  const factors = truncatedSvd(information, settings.dimensions, settings.seed, (share) =>
    report('factorising', share),
  );

  report('centring', 0);
  const table = { words: corpus.words, idf: idfOf(corpus), ...quantise(factors, settings.singularPower) };
  const common = commonPart(averages(texts, table), table.dimensions);
  report('centring', 1);
  return { ...table, ...common };
}

async function readCorpus(
  documents: AsyncIterable<TrainingDocument> | Iterable<TrainingDocument>,
  minCount: number,
  onProgress: (progress: TrainingProgress) => void,
): Promise<{ corpus: Corpus; texts: string[] }> {
  const builder = new CorpusBuilder();
  const names = new NameFinder();
  const texts: string[] = [];
  for await (const document of documents) {
    builder.add(withGenres(document));
    names.add(document.text, document.people ?? []);
    texts.push(document.text);
    if (texts.length % 1000 === 0) onProgress({ stage: 'reading', documents: texts.length });
  }
  const corpus = builder.build(minCount, (word, count) => names.isName(word, count));
  if (corpus.words.length === 0) throw new Error(`nothing to learn from: no word occurs ${minCount} times`);
  return { corpus, texts };
}

const SENTENCE_END = /(?<=\p{Ll}[.!?]["”]?) (?=["“]?\p{Lu})/u;

function withGenres({ text, genres = [] }: TrainingDocument): string {
  if (genres.length === 0) return text;
  const line = genres.join(' ');
  return [line, ...text.split(SENTENCE_END).map((sentence) => `${sentence} ${line}`)].join('\n');
}

/** log(documents / documents with the word), kept above zero so that no known word counts for nothing. */
function idfOf(corpus: Corpus): Float32Array {
  const documents = corpus.starts.length - 1;
  return Float32Array.from(corpus.documentCounts, (count) => Math.max(0.1, Math.log(documents / count)));
}

/** Of the bare texts, without genres: the common part should be that of stories, not of genres. */
function averages(texts: readonly string[], table: Omit<WordTable, 'mean' | 'component'>): Float64Array[] {
  const rows = new Map(table.words.map((word, row) => [word, row]));
  const known = (text: string) => tokenise(text).flatMap((word) => rows.get(word) ?? []);
  return texts.flatMap((text) => averageRows(table, known(text)) ?? []);
}
