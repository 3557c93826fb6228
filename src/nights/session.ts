import { ballotReply, lobbyReply, pollReply, proposalReply, votingReply } from '../answers/night-replies.ts';
import { toldReply, winnerReply } from '../answers/night-winner.ts';
import type { Tools } from '../chat/command.ts';
import { UserError } from '../chat/errors.ts';
import type { Invocation } from '../chat/invocation.ts';
import type { Reply } from '../chat/reply.ts';
import { say } from '../messages/message.ts';
import { MAX_MEMBERS, type Night, type NightMember, TELL_PATIENCE, type Wish } from '../people/nights.ts';
import { decide } from './decide.ts';
import { MOOD_NAMES } from './moods.ts';
import { proposeFor } from './propose.ts';
import { votesOf } from './votes-of.ts';

/** What a button of a movie night does. The order is for good (buttons): a new one goes to the end. */
export const STEPS = [
  'join',
  'joinNamed',
  'leave',
  'mood',
  'propose',
  'gather',
  'startVote',
  'vote',
  'end',
  'cancel',
] as const;

export type Step = (typeof STEPS)[number];

/** Discord's polls take whole hours. */
export const MAX_HOURS = 72;
const HOUR = 3_600_000;

export interface Beginning {
  readonly wish: Wish;
  readonly hours: number;
  /** Names of those who share one screen, with commas between them. */
  readonly people: string | undefined;
}

/** Begins a movie night in this chat. Where one is open, shows that; what was typed is then this person's wish. */
export async function beginNight({ wish, hours, people }: Beginning, tools: Tools): Promise<Reply> {
  const { asker, chat } = tools.invocation;
  const key = chatKey(tools.invocation);
  if (key === undefined) throw new UserError(say('night.noOwner'));
  const shared = isShared(tools.invocation);
  const members = shared ? sharing(people, asker ?? key) : gathering(tools.invocation);
  if (shared && members.length === 0) {
    const open = await tools.nights.openIn(key);
    if (open) return whereItStands(open, tools);
    throw new UserError(say('night.needsGroup'));
  }
  const { night, isNew } = await tools.nights.begin(
    {
      chat: key,
      ...(chat?.thread !== undefined && { thread: chat.thread }),
      shared,
      ...(asker !== undefined && { starter: asker }),
      language: tools.language,
      adult: chat?.ageRestricted ?? false,
      wish,
      hours,
      began: Date.now(),
    },
    members,
  );
  const wishes = wish.words !== undefined || Object.keys(wish.filters).length > 0;
  if (!isNew && !shared && wishes && night.phase === 'gathering' && asker !== undefined) {
    await joined(night, { named: undefined }, tools);
    await tools.nights.wish(night.id, asker, wish);
  }
  return whereItStands(night, tools);
}

export interface Pressed {
  readonly night: number;
  readonly step: string | undefined;
  readonly mood: string | undefined;
  readonly film: number | undefined;
}

/** One press on a movie night's button. The button grants nothing: chat, person and part of the night are checked. */
export async function nightStep({ night: id, step, mood, film }: Pressed, tools: Tools): Promise<Reply> {
  const night = await tools.nights.get(id);
  // A private night is gone with its owner, and once over no longer says whose it was.
  if (!night || night.chat === '') throw new UserError(say('night.isOver'));
  if (night.chat !== chatKey(tools.invocation)) throw new UserError(say('night.elsewhere'));
  if (night.phase === 'over') return over(night, step, tools);
  switch (step as Step) {
    case 'join':
    case 'joinNamed':
      await joined(night, { named: step === 'joinNamed' }, tools);
      return lobby(night, tools);
    case 'leave':
      await tools.nights.leave(id, ownerOf(tools));
      return lobby(night, tools);
    case 'mood':
      return picked(night, mood, tools);
    case 'propose':
      return proposed(night, tools);
    case 'gather':
      mustBeStarter(night, tools);
      if (!(await tools.nights.gather(id))) throw new UserError(say('night.notNow'));
      return lobby(night, tools);
    case 'startVote':
      return voteStarted(night, tools);
    case 'vote':
      return voted(night, film, tools);
    case 'end':
      return ended(night, tools);
    case 'cancel':
      mustBeStarter(night, tools);
      await tools.nights.finish(id);
      return inItsLanguage(night, { blocks: [{ kind: 'text', lines: [say('night.calledOff')] }] });
    default:
      throw new UserError(say('button.damaged', { command: '/movienight' }));
  }
}

/** A private chat is one screen that several people share; there each has a name and no account. */
function isShared({ chat }: Invocation): boolean {
  return chat?.kind !== 'group';
}

function chatKey({ asker, chat }: Invocation): string | undefined {
  return chat?.key ?? (isShared({ chat } as Invocation) ? asker : undefined);
}

function gathering({ asker, name }: Invocation): NightMember[] {
  return asker === undefined
    ? []
    : [{ owner: asker, ...(name !== undefined && { name }), named: false, filters: {} }];
}

/** The first is the one whose account it is: what they rated counts. Those beside them see films named if they say so. */
function sharing(people: string | undefined, account: string): NightMember[] {
  const names = (people ?? '').split(/[,，、]/u).flatMap((each) => each.trim() || []);
  if (names.length > MAX_MEMBERS) throw new UserError(say('night.tooManyPeople', { max: MAX_MEMBERS }));
  return names.map((name, at) => ({
    owner: at === 0 ? account : `${account}#${at + 1}`,
    name: name.slice(0, 40),
    named: false,
    filters: {},
  }));
}

function ownerOf({ invocation }: Tools): string {
  if (invocation.asker === undefined) throw new UserError(say('night.noOwner'));
  return invocation.asker;
}

function mustBeStarter({ starter }: Night, { invocation }: Tools): void {
  if (starter !== undefined && starter !== invocation.asker) throw new UserError(say('night.onlyStarter'));
}

async function joined(night: Night, { named }: { named: boolean | undefined }, tools: Tools): Promise<void> {
  const owner = ownerOf(tools);
  const before = (await tools.nights.members(night.id)).find((member) => member.owner === owner);
  // On a shared screen they are called what was typed, which the platform's name does not replace.
  const name = (isShared(tools.invocation) ? before?.name : undefined) ?? tools.invocation.name;
  const member = { owner, ...(name !== undefined && { name }), named: named ?? before?.named ?? false };
  if (await tools.nights.join(night.id, member, Date.now())) return;
  const now = await tools.nights.get(night.id);
  throw new UserError(
    now?.phase === 'gathering' ? say('night.full', { max: MAX_MEMBERS }) : say('night.notNow'),
  );
}

/** A mood of one's own; the same again takes it back. Who picks one takes part. */
async function picked(night: Night, mood: string | undefined, tools: Tools): Promise<Reply> {
  if (!MOOD_NAMES.some((each) => each === mood))
    throw new UserError(say('button.damaged', { command: '/movienight' }));
  const owner = ownerOf(tools);
  await joined(night, { named: undefined }, tools);
  const member = (await tools.nights.members(night.id)).find((each) => each.owner === owner);
  const { mood: before, words, filters = {} } = member ?? {};
  await tools.nights.wish(night.id, owner, {
    ...(words !== undefined && { words }),
    filters,
    ...(before !== mood && { mood: mood! }),
  });
  return lobby(night, tools);
}

async function proposed(night: Night, tools: Tools): Promise<Reply> {
  mustBeStarter(night, tools);
  const members = await tools.nights.members(night.id);
  if (members.length === 0) throw new UserError(say('night.nobodyHere'));
  const proposal = await proposeFor(night, members, tools);
  const { items } = proposal.found;
  if (items.length === 0) throw new UserError(say('night.few'));
  const candidates = items.map(({ movie, score, mean }) => ({ movie: movie.number, score, mean }));
  if (!(await tools.nights.propose(night.id, candidates))) throw new UserError(say('night.notNow'));
  const shown = proposalReply({ night, proposal, members, shared: isShared(tools.invocation) }, tools);
  return inItsLanguage(night, shown);
}

async function voteStarted(night: Night, tools: Tools): Promise<Reply> {
  mustBeStarter(night, tools);
  const now = Date.now();
  if (!(await tools.nights.startVote(night.id, now, now + night.hours * HOUR)))
    throw new UserError(say('night.notNow'));
  if (isShared(tools.invocation)) return ballot(night, tools);
  return inItsLanguage(night, await pollReply(night, tools));
}

/** On a shared screen one after another; elsewhere each for themselves. Where there is a poll, it alone counts. */
async function voted(night: Night, film: number | undefined, tools: Tools): Promise<Reply> {
  const voter = isShared(tools.invocation) ? (await turnOf(night, tools))?.owner : ownerOf(tools);
  const valid = night.poll === undefined && film !== undefined && film < night.proposal.length;
  if (!valid || voter === undefined || !(await tools.nights.vote(night.id, voter, film)))
    throw new UserError(say('night.notNow'));
  if (isShared(tools.invocation) && !(await turnOf(night, tools))) return ended(night, tools);
  return ballot(night, tools);
}

async function turnOf({ id }: Night, { nights }: Tools): Promise<NightMember | undefined> {
  const votes = await nights.votes(id);
  return (await nights.members(id)).find(({ owner }) => !votes.has(owner));
}

async function ballot(night: Night, tools: Tools): Promise<Reply> {
  const votes = await tools.nights.votes(night.id);
  const turn = isShared(tools.invocation) ? await turnOf(night, tools) : undefined;
  return inItsLanguage(night, await ballotReply(night, { votes: votes.size, turn }, tools));
}

/** Ends the vote and tells who won. The one who began it may at any time, anybody when its time is over. */
async function ended(night: Night, tools: Tools): Promise<Reply> {
  if (night.phase !== 'voting') throw new UserError(say('night.notNow'));
  if (night.ends !== undefined && night.ends > Date.now()) mustBeStarter(night, tools);
  // The button under a poll that cannot be read here brings its votes along.
  const votes = (await votesOf(night, tools)) ?? tools.invocation.poll;
  if (!votes) throw new UserError(say('night.unreadable'));
  const outcome = decide(night.proposal, votes);
  if (!outcome || !(await tools.nights.finish(night.id, outcome.winner, Date.now() + TELL_PATIENCE)))
    return over((await tools.nights.get(night.id)) ?? night, 'end', tools);
  return { ...inItsLanguage(night, await winnerReply(outcome, tools)), tells: night.id };
}

async function over(night: Night, step: string | undefined, tools: Tools): Promise<Reply> {
  if (step !== 'end' || night.winner === undefined) throw new UserError(say('night.isOver'));
  return (await tools.nights.announce(night.id, Date.now()))
    ? inItsLanguage(night, await toldReply(night.winner, { card: true }, tools))
    : { ...(await toldReply(night.winner, { card: false }, tools)), onlyForAsker: true, note: 'important' };
}

async function whereItStands(night: Night, tools: Tools): Promise<Reply> {
  if (night.phase === 'gathering') return lobby(night, tools);
  if (isShared(tools.invocation) && night.phase === 'voting') return ballot(night, tools);
  return inItsLanguage(night, await votingReply(night, isShared(tools.invocation), tools));
}

async function lobby(night: Night, tools: Tools): Promise<Reply> {
  const members = await tools.nights.members(night.id);
  return inItsLanguage(night, lobbyReply(night, members, isShared(tools.invocation)));
}

/** What all see keeps the language it began in, whoever presses. */
function inItsLanguage(night: Night, reply: Reply): Reply {
  return { ...reply, language: night.language };
}
