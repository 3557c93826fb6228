import { type FoundMovies, findMovies, type UnclearMovies } from '../../../src/answers/find-movies.ts';
import { remarkMessage } from '../../../src/answers/results.ts';
import type { Movie, MovieId } from '../../../src/catalogue/movie.ts';
import { canonicalArgs } from '../../../src/chat/canonical-args.ts';
import type { Command, Values } from '../../../src/chat/command.ts';
import { UserError } from '../../../src/chat/errors.ts';
import { filterArgs, filtersFrom } from '../../../src/chat/filter-args.ts';
import { readText } from '../../../src/chat/read-text.ts';
import { type Message, say } from '../../../src/messages/message.ts';
import type { MovieFilters } from '../../../src/recommender/filters.ts';
import { MAX_RESULTS } from '../../../src/recommender/page.ts';
import type { Recommendation, Remark } from '../../../src/recommender/recommender.ts';
import type { WebCore } from '../parts.ts';
import type { Reader } from '../reader.ts';
import { STARTING_POINTS } from './starting-points.ts';
import type { PageState } from './state.ts';

/** What there is to show. `state` is the asked one with everything settled that could be. */
export type Answer =
  | {
      readonly kind: 'home';
      readonly state: PageState;
      readonly movies: readonly Movie[];
      readonly notices: readonly Message[];
    }
  | {
      readonly kind: 'unclear';
      readonly state: PageState;
      readonly unclear: UnclearMovies;
      readonly notices: readonly Message[];
    }
  | ListAnswer;

export interface ListAnswer {
  readonly kind: 'list';
  readonly state: PageState;
  /** Empty for a story. */
  readonly like: readonly Movie[];
  readonly away: readonly Movie[];
  /** Others that may have been meant. */
  readonly others: readonly Movie[];
  readonly trail: readonly Movie[];
  /** The other movies of the seed's own series, which are not in the list. */
  readonly ownSeries?: Extract<Remark, { kind: 'ownSeries' }>;
  readonly items: readonly Recommendation[];
  readonly hasMore: boolean;
  readonly notices: readonly Message[];
}

const PAGE_SIZE = 12;

export interface Asked {
  readonly core: WebCore;
  readonly commands: readonly Command[];
  readonly reader: Reader;
}

/** Answers what the address asks. A mistake in it is told in a notice, and the rest is answered. */
export async function answer(asked: Asked, state: PageState): Promise<Answer> {
  const notices: Message[] = [];
  const settled = await settle(asked, state, notices);
  if ('unclear' in settled) return { kind: 'unclear', ...settled, notices };
  const { found } = settled;
  if (!found && !settled.state.story) return home(asked, settled.state, notices);
  return list(asked, settled.state, found, notices);
}

interface Settled {
  readonly state: PageState;
  readonly found?: FoundMovies;
}
type Unsettled = { readonly state: PageState; readonly unclear: UnclearMovies };

async function settle(asked: Asked, given: PageState, notices: Message[]): Promise<Settled | Unsettled> {
  try {
    const state = given.q ? await readWords(asked, given) : given;
    if (state.story && state.q) return { state };
    const known = await byIds(asked, [...state.like, ...state.away]);
    const of = (ids: readonly MovieId[]) => ids.flatMap((id) => known.get(id) ?? []);
    const [like, away] = [of(state.like), of(state.away)];
    if (like.length + away.length < state.like.length + state.away.length) notices.push(say('error.gone'));
    const words = state.add ?? state.q;
    if (!words)
      return like.length > 0
        ? { state: named(state, like, away), found: { seeds: like, away, others: [] } }
        : { state: { ...state, like: [], away: [] } };
    const found = await find(asked, words);
    if ('reply' in found) return { state, unclear: found };
    const all = {
      ...found,
      seeds: unique([...like, ...found.seeds]),
      away: unique([...away, ...found.away]),
    };
    return { state: named(state, all.seeds, all.away), found: all };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    notices.push(error.shown);
    const { q: _, add: __, story: ___, ...rest } = given;
    return { state: { ...rest, like: [], away: [] } };
  }
}

/** Words as in a chat: `/plot …`, `alien from:1980`. Options become filters; a title that looks like one stays. */
async function readWords({ core, commands, reader }: Asked, state: PageState): Promise<PageState> {
  if (state.story && !state.q!.startsWith('/')) return state;
  const { call, command, typed } = readText(state.q!, commands, reader.language);
  const story = command.name === 'plot';
  const { title, text, ...options } = canonicalArgs(command, call.args, reader.language);
  const words = title ?? text;
  const { q: _, story: __, ...rest } = state;
  if (!words) return rest;
  if (!story && words !== typed) {
    const whole = await core.titles.resolve(typed);
    if (whole.outcome === 'match' && whole.exact) return { ...rest, q: typed };
  }
  return { ...rest, q: words, ...(story && { story: true }), filters: { ...state.filters, ...options } };
}

/** The state with what its words mean in their place. */
function named(state: PageState, like: readonly Movie[], away: readonly Movie[]): PageState {
  const { q: _, add: __, story: ___, ...rest } = state;
  return { ...rest, like: like.map((movie) => movie.id), away: away.map((movie) => movie.id) };
}

function find({ core, reader }: Asked, title: string): Promise<FoundMovies | UnclearMovies> {
  const call = { command: 'similar', args: { title } };
  return findMovies(title, {
    titles: core.titles,
    catalogue: core.catalogue,
    call,
    invocation: { ask: { kind: 'command', ...call } },
    signal: reader.signal,
  });
}

async function byIds({ core, reader }: Asked, ids: readonly MovieId[]): Promise<Map<MovieId, Movie>> {
  const movies = await core.catalogue.get(ids, { signal: reader.signal });
  return new Map([...movies].filter(([, movie]) => !movie.adult));
}

function unique(movies: readonly Movie[]): Movie[] {
  return [...new Map(movies.map((movie) => [movie.id, movie])).values()];
}

async function home(asked: Asked, state: PageState, notices: readonly Message[]): Promise<Answer> {
  const movies = await byIds(asked, STARTING_POINTS);
  const known = STARTING_POINTS.flatMap((id) => movies.get(id) ?? []);
  return { kind: 'home', state, movies: unique(known), notices };
}

async function list(
  asked: Asked,
  state: PageState,
  found: FoundMovies | undefined,
  notices: Message[],
): Promise<ListAnswer> {
  const { core, reader } = asked;
  const { filters, texts } = readFilters(state.filters, notices);
  const { signal } = reader;
  const query = { filters, page: 1, pageSize: Math.min(MAX_RESULTS, state.page * PAGE_SIZE), signal };
  const shown = found
    ? await core.recommender.similar({ seeds: found.seeds, away: found.away, ...query })
    : await core.recommender.plot({ text: state.q!, ...query });
  const trail = await byIds(asked, state.via);
  const year = found?.seeds[0]?.year;
  if (found?.yearTyped !== undefined && year !== undefined)
    notices.push(say('similar.yearOff', { typed: String(found.yearTyped), year: String(year) }));
  const ownSeries = shown.remarks.find((remark) => remark.kind === 'ownSeries');
  const remarks = shown.remarks.filter((remark) => remark !== ownSeries);
  // A map is drawn around one movie.
  const { map: _, ...asList } = state;
  const drawn = found?.seeds.length === 1 && found.away.length === 0 ? state : asList;
  return {
    kind: 'list',
    state: { ...drawn, filters: texts },
    like: found?.seeds ?? [],
    away: found?.away ?? [],
    others: found?.others ?? [],
    trail: state.via.flatMap((id) => trail.get(id) ?? []),
    items: shown.items,
    hasMore: shown.pages > 1,
    ...(ownSeries && { ownSeries }),
    notices: [...notices, ...remarks.map(remarkMessage)],
  };
}

/** The filters that read; of the others a notice says what would be right. */
function readFilters(
  texts: Readonly<Record<string, string>>,
  notices: Message[],
): { filters: MovieFilters; texts: Record<string, string> } {
  const values: Record<string, unknown> = {};
  const right: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) {
    const arg = name in filterArgs ? filterArgs[name as keyof typeof filterArgs] : undefined;
    if (!arg) continue;
    try {
      values[name] = arg.parse(text);
      filtersFrom(values as Values<typeof filterArgs>); // together they must leave something
      right[name] = text;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      delete values[name];
      notices.push(error.shown);
    }
  }
  return { filters: filtersFrom(values as Values<typeof filterArgs>), texts: right };
}
