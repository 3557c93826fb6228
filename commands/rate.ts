import { findMovie } from '../src/answers/find-movies.ts';
import { ratingPanel, starsMessage, VERDICTS, type Verdict } from '../src/answers/rating.ts';
import type { Movie } from '../src/catalogue/movie.ts';
import { choiceArg, hidden, integerArg, titleArg } from '../src/chat/args.ts';
import { defineCommand, type Tools } from '../src/chat/command.ts';
import { elsewhere, isOverheard } from '../src/chat/elsewhere.ts';
import { UserError } from '../src/chat/errors.ts';
import { privateArg } from '../src/chat/filter-args.ts';
import { referenceTo } from '../src/chat/references.ts';
import type { Action, Reply } from '../src/chat/reply.ts';
import { splitStars, starsArg } from '../src/chat/stars.ts';
import { type Message, say, titleOf } from '../src/messages/message.ts';
import type { Opinion } from '../src/people/opinions.ts';
import { packOpinion, unpackOpinion } from '../src/people/packed-opinion.ts';
import { record } from '../src/people/verdicts.ts';

export const rate = defineCommand({
  name: 'rate',
  code: 5,
  summary: 'rate.summary',
  args: {
    title: titleArg({ code: 1, summary: 'arg.titleRated' }),
    stars: starsArg,
    as: choiceArg({
      code: 22,
      name: 'as',
      summary: 'arg.as',
      choices: VERDICTS.map((value) => ({ value, label: `rate.as.${value}` as const })),
    }),
    before: hidden(integerArg({ code: 23, name: 'before', summary: 'arg.before', min: 0, max: 127 })),
    private: privateArg,
  },
  async run(args, tools) {
    const { asker } = tools.invocation;
    if (asker === undefined) throw new UserError(say('rate.nobody'));
    // What somebody said of a film is told to nobody but them.
    const overheard = isOverheard(tools.invocation);
    if (args.title === undefined)
      return overheard ? elsewhere({ command: 'rate', args: {} }) : lastRated(asker, tools);
    const typed =
      args.stars === undefined && args.as === undefined && args.before === undefined
        ? await splitTyped(args.title, tools)
        : undefined;
    const title = typed?.title ?? args.title;
    const stars = typed?.stars ?? args.stars;
    const call = typed ? { command: 'rate', args: { title, stars: String(typed.stars) } } : tools.call;
    const found = await findMovie(title, { ...tools, call });
    if ('reply' in found) return found.reply;
    const movie = found.seeds[0]!;
    if (args.before !== undefined) return putBack(asker, movie, args.before, tools);
    if (args.as === 'none') return takeBack(asker, movie, tools);
    if (stars !== undefined || args.as !== undefined)
      return rated(asker, movie, { stars, as: args.as }, tools);
    if (overheard) return elsewhere({ command: 'rate', args: { title: referenceTo(movie) } });
    return panel(asker, movie, tools);
  },
});

/** Stars at the end of what was typed, where the whole is no title: "Apollo 13" is, "Apollo 13 4.5" is not. */
async function splitTyped(
  typed: string,
  tools: Tools,
): Promise<{ title: string; stars: number } | undefined> {
  const split = splitStars(typed);
  if (!split) return undefined;
  const whole = await tools.titles.resolve(typed, tools.signal ? { signal: tools.signal } : {});
  const exact = whole.outcome === 'match' && whole.exact;
  const isYear = /^\d{4}$/u.test(split.stars);
  return exact || isYear ? undefined : { title: split.title, stars: starsArg.parse(split.stars) };
}

/** Among so many the last that may be shown here is looked for: adult titles stay in age-restricted channels. */
const LATEST = 50;

async function lastRated(asker: string, tools: Tools): Promise<Reply> {
  const latest = (await tools.opinions.of(asker)).slice(0, LATEST);
  const movies = await tools.catalogue.byNumber(latest.map(({ movie }) => movie));
  const allowed = tools.invocation.chat?.ageRestricted ?? false;
  for (const last of latest) {
    const movie = movies.get(last.movie);
    if (movie && (allowed || !movie.adult)) return { blocks: ratingPanel(movie, last), onlyForAsker: true };
  }
  throw new UserError(say('rate.none'));
}

async function panel(asker: string, movie: Movie, tools: Tools): Promise<Reply> {
  return { blocks: ratingPanel(movie, await tools.opinions.on(asker, movie.number)), onlyForAsker: true };
}

interface Rating {
  readonly stars: number | undefined;
  readonly as: Verdict | undefined;
}

async function rated(
  asker: string,
  movie: Movie,
  { stars, as }: Rating,
  { opinions }: Tools,
): Promise<Reply> {
  const first = (await opinions.count(asker)) === 0;
  const said = stars !== undefined ? { stars } : { verdict: as as Exclude<Verdict, 'none'> };
  const before = await record(opinions, asker, movie.number, said, Date.now());
  const noted =
    stars !== undefined
      ? say('rate.noted.stars', { title: titleOf(movie), stars: starsMessage(stars) })
      : say(`rate.noted.${as as Exclude<Verdict, 'none'>}`, { title: titleOf(movie) });
  return noteReply(first ? [say('rate.learning'), noted] : [noted], movie, before, first);
}

async function takeBack(asker: string, movie: Movie, { opinions }: Tools): Promise<Reply> {
  const before = await opinions.remove(asker, movie.number);
  const title = titleOf(movie);
  if (!before) return { blocks: [{ kind: 'text', lines: [say('rate.nothingSaid', { title })] }], ...NOTE };
  return noteReply([say('rate.takenBack', { title })], movie, before);
}

async function putBack(asker: string, movie: Movie, packed: number, { opinions }: Tools): Promise<Reply> {
  const before = readPacked(packed, movie);
  if (before) await opinions.put(asker, before);
  else await opinions.remove(asker, movie.number);
  return {
    blocks: [{ kind: 'text', lines: [say('rate.undone', { title: titleOf(movie) })] }],
    ...NOTE,
  };
}

function readPacked(packed: number, movie: Movie): Opinion | undefined {
  try {
    return unpackOpinion(packed, movie.number, Date.now());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(say('button.damaged', { command: '/rate' }));
  }
}

const NOTE = { onlyForAsker: true, note: 'brief' } as const;

/** What was done, with the way back. */
function noteReply(
  lines: readonly Message[],
  movie: Movie,
  before: Opinion | undefined,
  important = false,
): Reply {
  const undo: Action = {
    label: say('rate.button.undo'),
    run: { command: 'rate', args: { title: referenceTo(movie), before: String(packOpinion(before)) } },
    for: 'asker',
    opens: 'here',
  };
  return {
    blocks: [
      { kind: 'text', lines },
      { kind: 'buttons', buttons: [undo] },
    ],
    onlyForAsker: true,
    note: important ? 'important' : 'brief',
  };
}
