import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import type { Action, Block, Reply } from '../chat/reply.ts';
import { type Message, say } from '../messages/message.ts';
import { titleWithYear } from '../messages/movie-words.ts';
import { MOOD_NAMES, type MoodName } from '../nights/moods.ts';
import type { Proposal } from '../nights/propose.ts';
import type { Step } from '../nights/session.ts';
import type { Night, NightMember } from '../people/nights.ts';
import { filterMessages } from './filters.ts';
import { resultsBlock } from './results.ts';

/** So many are called by name; the rest is a number. */
const NAMED = 12;

/** Who takes part, what they are in the mood for, and the ways in. */
export function lobbyReply(night: Night, members: readonly NightMember[], shared: boolean): Reply {
  const { words, filters } = night.wish;
  const about: (Message | false)[] = [
    say('night.heading'),
    words !== undefined && say('night.mood', { mood: words }),
    Object.keys(filters).length > 0 &&
      say('filter.inEffect', { filters: filterMessages(filters, night.language) }),
    whoMessage(members),
    ...members.map((member) => wishMessage(member, night)),
    say(shared ? 'night.howShared' : 'night.how'),
  ];
  const moods = MOOD_NAMES.map((mood) => button(say(`mood.${mood}`), night, 'mood', { picked: mood }));
  const ways: Step[] = shared ? ['propose', 'cancel'] : ['join', 'joinNamed', 'leave', 'propose', 'cancel'];
  const consent = shared && members[0] ? [consentButton(night, members[0])] : [];
  return {
    blocks: [
      { kind: 'text', lines: about.filter((line) => line !== false) },
      { kind: 'buttons', buttons: moods },
      { kind: 'buttons', buttons: [...consent, ...ways.map((step) => button(LABELS[step]!, night, step))] },
    ],
  };
}

/** On a shared screen the first alone has an account, and so films that a reason could name: they allow it, or no more. */
function consentButton(night: Night, { name = '', named }: NightMember): Action {
  return named
    ? button(say('night.mayNotName', { name }), night, 'join')
    : button(say('night.mayName', { name }), night, 'joinNamed');
}

interface Proposed {
  readonly night: Night;
  readonly proposal: Proposal;
  readonly members: readonly NightMember[];
  readonly shared: boolean;
}

/** Five films, and the way to the vote. */
export function proposalReply({ night, proposal, members, shared }: Proposed, tools: Tools): Reply {
  const { items, remarks } = proposal.found;
  // A proposal is settled by the group: the ways on that a list has for one reader are not for it.
  const {
    narrow: _narrow,
    clear: _clear,
    share: _share,
    ...list
  } = resultsBlock(
    {
      seeds: [],
      filters: filterMessages(proposal.wish.filters, night.language),
      answer: { items, page: 1, pages: 1, remarks },
      args: {},
    },
    tools,
  );
  const lines = [
    say('night.proposal', { count: members.length }),
    say('night.percent'),
    ...(proposal.widened ? [say('night.widened')] : []),
  ];
  return { blocks: [{ kind: 'text', lines }, list, voteButtons(night, shared)] };
}

function voteButtons(night: Night, shared: boolean): Block<Action> {
  const start = shared
    ? button(say('night.startVoteShared'), night, 'startVote')
    : ({
        ...button(say('night.startVote', { count: night.hours }), night, 'startVote'),
        opens: 'new',
      } as const);
  const others = button(say('night.others'), night, 'propose');
  const ways = (['gather', 'cancel'] as const).map((step) => button(LABELS[step]!, night, step));
  return { kind: 'buttons', buttons: [start, others, ...ways] };
}

/** The poll, which is a message of its own. */
export async function pollReply(night: Night, tools: Tools): Promise<Reply> {
  const movies = await moviesOf(night, tools);
  return {
    blocks: [
      {
        kind: 'poll',
        night: night.id,
        question: say('night.question'),
        choices: choicesOf(night, movies),
        hours: night.hours,
        end: endButton(night),
      },
    ],
  };
}

/** The vote where we count it ourselves. */
export async function ballotReply(
  night: Night,
  { votes, turn }: { votes: number; turn: NightMember | undefined },
  tools: Tools,
): Promise<Reply> {
  const question = turn ? say('night.turn', { name: turn.name ?? '' }) : say('night.question');
  const lines = votes > 0 ? [question, say('night.votedCount', { count: votes })] : [question];
  return {
    blocks: [
      { kind: 'text', lines },
      { kind: 'choices', items: choicesOf(night, await moviesOf(night, tools)) },
      { kind: 'buttons', buttons: [endButton(night)] },
    ],
  };
}

/** The films of a night that is past gathering, for whoever asks again. */
export async function votingReply(night: Night, shared: boolean, tools: Tools): Promise<Reply> {
  const movies = await moviesOf(night, tools);
  const films = movies.map((movie) => say('result.title', { title: titleWithYear(movie) }));
  const [heading, ways]: [Message, Block<Action>] =
    night.phase === 'voting'
      ? [say('night.votingOn'), { kind: 'buttons', buttons: [endButton(night)] }]
      : [say('night.heading'), voteButtons(night, shared)];
  return { blocks: [{ kind: 'text', lines: [heading, ...films] }, ways] };
}

/** Of the proposed films those that are still in the catalogue, in their order. */
async function moviesOf({ proposal }: Night, { catalogue }: Pick<Tools, 'catalogue'>): Promise<Movie[]> {
  const movies = await catalogue.byNumber(proposal.map(({ movie }) => movie));
  return proposal.map(({ movie }) => movies.get(movie)!);
}

function choicesOf(night: Night, movies: readonly Movie[]) {
  return movies.map((movie, place) => ({
    movie,
    tellsApart: [],
    pick: button(titleWithYear(movie), night, 'vote', { film: String(place) }),
  }));
}

function endButton(night: Night): Action {
  return { ...button(say('night.end'), night, 'end'), opens: 'new' };
}

/** For anyone: what a step asks for is checked when it is pressed, by the night's own row. */
function button(label: Message, { id }: Night, step: Step, more: Record<string, string> = {}): Action {
  return {
    label,
    run: { command: 'movienight', args: { night: String(id), step, ...more } },
    for: 'anyone',
    opens: 'here',
  };
}

const LABELS: Partial<Readonly<Record<Step, Message>>> = {
  join: say('night.join'),
  joinNamed: say('night.joinNamed'),
  leave: say('night.leave'),
  propose: say('night.propose'),
  gather: say('night.again'),
  cancel: say('night.cancel'),
};

function whoMessage(members: readonly NightMember[]): Message {
  if (members.length === 0) return say('night.nobody');
  const named = members.filter(({ name }) => name !== undefined);
  if (named.length === 0) return say('night.joinedNoNames', { count: members.length });
  const shown = named.slice(0, NAMED).map(memberMessage);
  const rest = members.length - shown.length;
  const names = rest > 0 ? [...shown, say('night.withOthers', { count: rest })] : shown;
  return say('night.joined', { count: members.length, names });
}

/** "Anna (😄 Laugh)" */
function memberMessage({ name, mood }: NightMember): Message | string {
  return isMood(mood) ? say('night.member', { name: name!, mood: say(`mood.${mood}`) }) : name!;
}

/** What somebody typed themselves: who it was is in the chat anyway. */
function wishMessage({ name, words, filters }: NightMember, night: Night): Message | false {
  const wishes = [...(words === undefined ? [] : [words]), ...filterMessages(filters, night.language)];
  return wishes.length > 0 && say('night.wishes', { name: name ?? '', wishes });
}

function isMood(name: string | undefined): name is MoodName {
  return MOOD_NAMES.some((each) => each === name);
}
