import type { Logger } from 'pino';
import { type Language, languageFor } from '../messages/languages.ts';
import { say } from '../messages/message.ts';
import type { Metrics } from '../metrics.ts';
import { addFilters } from './add-filters.ts';
import { readArguments, withoutHidden } from './arguments.ts';
import type { ButtonIds } from './button-id.ts';
import { canonicalArgs } from './canonical-args.ts';
import type { Command, Tools } from './command.ts';
import { complete, type Suggestion } from './complete.ts';
import { elsewhere } from './elsewhere.ts';
import { UserError } from './errors.ts';
import { type Explained, explain } from './explain.ts';
import type { Call, Invocation } from './invocation.ts';
import { languageOf } from './language-of.ts';
import { readText } from './read-text.ts';
import { readRefinement } from './refine.ts';
import type { Action, Reply, SealedAction, SealedReply } from './reply.ts';
import { sealBlock } from './seal.ts';

/** Everything the commands need that does not depend on who asks. */
export interface BotParts
  extends Pick<
    Tools,
    | 'catalogue'
    | 'titles'
    | 'recommender'
    | 'preferences'
    | 'opinions'
    | 'nights'
    | 'forgetting'
    | 'endPoll'
    | 'textLeaves'
    | 'publicUrl'
    | 'imports'
    | 'uploadLinks'
  > {
  readonly commands: readonly Command[];
  readonly buttons: ButtonIds;
  readonly log: Logger;
  readonly metrics?: Metrics;
}

/** The way in for every platform: one invocation, one reply. */
export interface Bot {
  readonly commands: readonly Command[];
  /** Never rejects: a mistake is explained, a fault is logged and answered with one calm sentence. */
  handle(invocation: Invocation): Promise<SealedReply>;
  /** The language to answer somebody in; never rejects. */
  language(from: Omit<Invocation, 'ask'>): Promise<Language>;
  /** A poll that a reply asked for stands in the chat; `poll` is the platform's own name for it. */
  polled(night: number, poll: string): Promise<void>;
  /** A reply that tells a night's winner stands in the chat; where it never does, the winner is posted there later. */
  told(night: number): Promise<void>;
  /** A chat goes by another name on its platform from now on, both as `platform:id`; may be told twice. */
  moved(from: string, to: string): Promise<void>;
  /** Suggestions for an argument that is being typed; never rejects, empty where there is nothing to suggest. */
  complete(
    command: string,
    argument: string,
    typed: string,
    invocation: Omit<Invocation, 'ask'>,
  ): Promise<Suggestion[]>;
}

interface Question {
  readonly call: Call;
  readonly replaces: boolean;
}

export function createBot(parts: BotParts): Bot {
  return {
    commands: parts.commands,
    handle: (invocation) => handle(parts, invocation),
    language: (from) => languageOf(parts, from).catch(() => languageFor(from.locale) ?? 'en'),
    polled: (night, poll) => parts.nights.polled(night, poll),
    async told(night) {
      await parts.nights.announce(night);
    },
    async moved(from, to) {
      await parts.preferences.move(from, to);
      await parts.nights.move(from, to);
    },
    async complete(command, argument, typed, invocation) {
      try {
        return await complete(parts, command, argument, typed, invocation);
      } catch (error) {
        if (!invocation.signal?.aborted)
          parts.log.error({ err: error, command, argument }, 'completion failed');
        return [];
      }
    },
  };
}

async function handle(parts: BotParts, invocation: Invocation): Promise<SealedReply> {
  const began = performance.now();
  // Filled in as it becomes known, so that a failure half-way is answered as well as can be.
  const known: Known = { language: languageFor(invocation.locale) ?? 'en' };
  const answer = await attempt(parts, invocation, known).catch((error): Explained => {
    const command = known.question?.call.command;
    return explain(error, { log: parts.log, command, gone: invocation.signal?.aborted ?? false });
  });
  parts.metrics?.answered({
    command: parts.commands.find(({ name }) => name === known.question?.call.command)?.name ?? 'unknown',
    platform: invocation.asker?.split(':')[0] ?? 'unknown',
    outcome: answer.outcome,
    seconds: (performance.now() - began) / 1000,
  });
  const refused = answer.outcome !== 'answered';
  return {
    ...(await sealed(parts, answer.reply, invocation)),
    language: answer.reply.language ?? known.language,
    replaces: !refused && (known.question?.replaces ?? false),
    refused,
  };
}

interface Known {
  language: Language;
  question?: Question;
}

async function attempt(parts: BotParts, invocation: Invocation, known: Known): Promise<Explained> {
  known.language = await languageOf(parts, invocation);
  known.question = await read(parts, invocation, known.language);
  return { reply: await run(parts, known.question, invocation, known.language), outcome: 'answered' };
}

/** The reply with an id on every button; an apology without buttons where those cannot be stored. */
async function sealed(parts: BotParts, reply: Reply, { asker }: Invocation): Promise<Reply<SealedAction>> {
  const encode = (action: Action) => parts.buttons.encode(action, asker);
  try {
    return { ...reply, blocks: await Promise.all(reply.blocks.map((block) => sealBlock(block, encode))) };
  } catch (error) {
    const { reply: apology } = explain(error, { log: parts.log, command: undefined, gone: false });
    return { ...apology, blocks: apology.blocks.filter((block) => block.kind === 'text') };
  }
}

async function read(parts: BotParts, invocation: Invocation, language: Language): Promise<Question> {
  const { ask } = invocation;
  if (ask.kind === 'command') return { call: ask, replaces: false };
  if (ask.kind === 'text') {
    const refined = await readReply(parts, ask.text, invocation, language);
    return { call: refined ?? (await readWords(parts, ask.text, language)), replaces: false };
  }
  const pressed = await parts.buttons.decode(ask.id);
  if ('problem' in pressed)
    throw new UserError(
      say(pressed.problem === 'newer' ? 'button.newer' : 'button.damaged', { command: '/similar' }),
    );
  if (!pressed.mayPress(invocation.asker))
    throw new UserError(say('button.notYours', { command: '/similar' }));
  const call = ask.linked ? asLinked(parts, pressed.call) : pressed.call;
  return { call, replaces: pressed.opens === 'here' };
}

/** A link can be made by anybody and needs one press: it asks, and confirms nothing. */
function asLinked({ commands }: BotParts, call: Call): Call {
  const command = commands.find(({ name }) => name === call.command);
  return command ? { ...call, args: withoutHidden(command, call.args) } : call;
}

/** A list that is replied to with nothing but filters is asked again, narrowed by them. */
async function readReply(
  parts: BotParts,
  text: string,
  { repliedTo }: Invocation,
  language: Language,
): Promise<Call | undefined> {
  const added = repliedTo && readRefinement(text, language);
  if (!added) return undefined;
  for (const id of repliedTo.buttons) {
    const button = await parts.buttons.decode(id);
    // Of a list's buttons only those that turn its pages carry the list itself.
    if ('problem' in button || !('page' in button.call.args)) continue;
    const { page: _page, ...args } = button.call.args;
    return { command: button.call.command, args: addFilters(args, added) };
  }
  return undefined;
}

/** A title that looks as if it had options in it is still a title, where it is exactly one. */
async function readWords(parts: BotParts, line: string, language: Language): Promise<Call> {
  const { call, command, typed } = readText(line, parts.commands, language);
  const [first] = Object.keys(command.args);
  if (!first || call.args[first] === typed || !/title/u.test(first)) return call;
  const whole = await parts.titles.resolve(typed);
  return whole.outcome === 'match' && whole.exact ? { ...call, args: { [first]: typed } } : call;
}

async function run(
  parts: BotParts,
  question: Question,
  invocation: Invocation,
  language: Language,
): Promise<Reply> {
  const command = parts.commands.find((each) => each.name === question.call.command);
  if (!command) throw new UserError(say('error.unknownCommand', { command: question.call.command }));
  const call = { command: command.name, args: canonicalArgs(command, question.call.args, language) };
  const { chat } = invocation;
  if (command.personal && chat?.kind === 'group' && !chat.whispers)
    return elsewhere({ ...call, args: withoutHidden(command, call.args) });
  const args = readArguments(command, call.args);
  const reply = await command.run(args, {
    ...parts,
    call,
    invocation,
    language,
    ...(invocation.signal && { signal: invocation.signal }),
  });
  return args.private === true || command.personal ? { ...reply, onlyForAsker: true } : reply;
}
