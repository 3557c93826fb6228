import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import { UserError } from '../chat/errors.ts';
import { parseReferences, referenceTo } from '../chat/references.ts';
import type { Reply } from '../chat/reply.ts';
import { say } from '../messages/message.ts';
import { englishWord } from '../messages/names.ts';
import type { BlendWords } from '../recommender/recommender.ts';
import { splitBlend } from '../titles/blend.ts';
import type { Candidate, Resolution } from '../titles/titles.ts';
import { choicesReply, noneReply } from './choices.ts';

/** What the words of a title argument mean. */
export interface FoundMovies {
  readonly seeds: readonly Movie[];
  /** What the answer should move away from. */
  readonly away: readonly Movie[];
  /** Parts of a blend that name no film and mean something all the same: `Heat - violence`. */
  readonly words?: readonly BlendWords[];
  /** The year that was typed where the movie's own is another. */
  readonly yearTyped?: number;
  /** Others that may have been meant, where the words were not exactly a title. */
  readonly others: readonly Movie[];
}

/** The words may mean several movies, or none. */
export interface UnclearMovies {
  /** The question that has to be answered first. */
  readonly reply: Reply;
  readonly outcome: 'choose' | 'none';
  /** The part of the words that is unclear. */
  readonly typed: string;
  /** What may be meant, best first. */
  readonly candidates: readonly ScoredMovie[];
}

export interface ScoredMovie {
  readonly movie: Movie;
  /** How well the words fit, 0 to 1. */
  readonly score: number;
}

/** Either the movies, or the question that has to be answered first. */
export type Finding = FoundMovies | UnclearMovies;

/** What finding movies needs of a command's tools. */
export type Finder = Pick<Tools, 'titles' | 'catalogue' | 'call' | 'invocation' | 'signal'> &
  /** Whoever can answer for free words in a blend hands this in, and the language they may be written in. */
  Partial<Pick<Tools, 'recommender' | 'language'>>;

/** Reads `A`, or `A + B - C` where the whole is no title. Every `reply` runs the same call again, with the pick. */
export async function findMovies(text: string, tools: Finder): Promise<Finding> {
  if (!/[\p{L}\p{N}\p{S}]/u.test(text) && !/[\p{P}]/u.test(text))
    throw new UserError(say('error.emptyTitle'));
  const single = await findOne(text, tools, (title) => title);
  if (!('reply' in single) && single.others.length === 0) return single;
  const parts = splitBlend(text);
  return parts && !parseReferences(text.trim()) ? findBlend(parts, tools) : single;
}

/** Exactly one movie, for commands that take no blend. */
export function findMovie(text: string, tools: Finder): Promise<Finding> {
  return findOne(text, tools, (title) => title);
}

type Part = NonNullable<ReturnType<typeof splitBlend>>[number];

async function findBlend(parts: readonly Part[], tools: Finder): Promise<Finding> {
  const seeds: Movie[] = [];
  const away: Movie[] = [];
  const words: BlendWords[] = [];
  const written = parts.map((part) => part.title);
  for (const [index, part] of parts.entries()) {
    const quoted = /^"(.+)"$/u.exec(part.title)?.[1];
    const within = (title: string) => blendText(parts, written.with(index, title));
    const found = quoted && tools.recommender ? undefined : await findOne(part.title, tools, within);
    const text = englishWord(tools.language ?? 'en', quoted ?? part.title);
    // A blend starts from a film: words alone are a plot.
    if (!found || (index > 0 && (await meansWords(text, found, tools)))) {
      words.push({ text, away: part.away });
      written[index] = `"${text}"`;
    } else if ('reply' in found) {
      return found;
    } else {
      (part.away ? away : seeds).push(...found.seeds);
      written[index] = referenceTo(found.seeds[0]!);
    }
  }
  if (seeds.length === 0) throw new UserError(say('error.emptyTitle'));
  return { seeds, away, others: [], ...(words.length > 0 && { words }) };
}

/**
 * A film at least as well known is meant by its name also where the name is an everyday word: "alien", but not "violence"
 * or "love". Popularity is a place among all movies: in a large catalogue, which has votes, one of ten was never heard of.
 */
const WELL_KNOWN = { voted: 0.98, chosen: 0.75 } as const;

/** Whether a part of a blend is better read as free words than as what the titles make of it. */
async function meansWords(words: string, found: Finding, { recommender }: Finder): Promise<boolean> {
  if (!(await recommender?.understands(words))) return false;
  if ('reply' in found) return found.outcome === 'none' || isLowerCase(words);
  if (found.others.length > 0) return !words.includes(' ');
  return isLowerCase(words) && !found.seeds.every(isWellKnown);
}

function isWellKnown({ popularity = 0, votes }: Movie): boolean {
  return popularity >= (votes === undefined ? WELL_KNOWN.chosen : WELL_KNOWN.voted);
}

function isLowerCase(text: string): boolean {
  return text === text.toLowerCase();
}

function blendText(parts: readonly Part[], written: readonly string[]): string {
  return parts.map((part, index) => `${part.away ? '- ' : index > 0 ? '+ ' : ''}${written[index]}`).join(' ');
}

async function findOne(text: string, tools: Finder, within: (title: string) => string): Promise<Finding> {
  const references = parseReferences(text);
  if (references) return fromReferences(references, tools);
  const resolution = await tools.titles.resolve(text, {
    adult: tools.invocation.chat?.ageRestricted ?? false,
    ...(tools.signal && { signal: tools.signal }),
  });
  const candidates = await candidatesOf(resolution, tools);
  const movies = candidates.map((candidate) => candidate.movie);
  const pick = (movie: Movie) => ({
    command: tools.call.command,
    args: { ...tools.call.args, title: within(referenceTo(movie)) },
  });
  if (resolution.outcome !== 'match') {
    const ask = resolution.outcome === 'choose' ? choicesReply : noneReply;
    return {
      reply: ask(text, movies, pick),
      outcome: resolution.outcome,
      typed: text,
      candidates,
    };
  }
  const [best, ...others] = movies;
  if (!best) throw new UserError(say('error.gone'));
  return {
    seeds: [best],
    away: [],
    others: resolution.exact ? [] : others,
    ...(resolution.yearTyped !== undefined && { yearTyped: resolution.yearTyped }),
  };
}

async function fromReferences(
  references: NonNullable<ReturnType<typeof parseReferences>>,
  tools: Finder,
): Promise<FoundMovies> {
  const movies = await tools.catalogue.byNumber(
    references.map((reference) => reference.number),
    tools.signal ? { signal: tools.signal } : {},
  );
  const found = (away: boolean) =>
    references
      .filter((reference) => reference.away === away)
      .map((reference) => movies.get(reference.number));
  const seeds = found(false);
  const away = found(true);
  const allThere = [...seeds, ...away].every((movie) => movie !== undefined);
  // A number can be forged: adult titles stay where they belong whichever way they are asked for.
  const allowed = tools.invocation.chat?.ageRestricted ?? false;
  if (seeds.length === 0 || !allThere || [...seeds, ...away].some((movie) => movie?.adult && !allowed))
    throw new UserError(say('error.gone'));
  return { seeds: seeds as Movie[], away: away as Movie[], others: [] };
}

async function candidatesOf(resolution: Resolution, tools: Finder): Promise<ScoredMovie[]> {
  const candidates: readonly Candidate[] =
    resolution.outcome === 'match'
      ? [resolution.best, ...resolution.others]
      : resolution.outcome === 'choose'
        ? resolution.candidates
        : resolution.nearest;
  const found = await tools.catalogue.byNumber(
    candidates.map((candidate) => candidate.number),
    tools.signal ? { signal: tools.signal } : {},
  );
  return candidates.flatMap(({ number, score }) => {
    const movie = found.get(number);
    return movie ? [{ movie, score }] : [];
  });
}
