import type { Movie } from '../catalogue/movie.ts';
import { referenceTo } from '../chat/references.ts';
import type { Action, Block, RatingActions } from '../chat/reply.ts';
import { STARS } from '../chat/stars.ts';
import { type Message, type MessageKey, say, titleOf } from '../messages/message.ts';
import { titleWithYear } from '../messages/movie-words.ts';
import type { Opinion } from '../people/opinions.ts';

/** What can be said of a movie with one press; `none` takes back whatever was said. */
export const VERDICTS = ['liked', 'disliked', 'seen', 'dismissed', 'none'] as const;

export type Verdict = (typeof VERDICTS)[number];

const LABELS: Readonly<Record<Verdict, MessageKey>> = {
  liked: 'rate.button.liked',
  disliked: 'rate.button.disliked',
  seen: 'rate.button.seen',
  dismissed: 'rate.button.dismissed',
  none: 'rate.button.none',
};

/** Said in passing, by anyone: the answer is a notice and leaves the list as it is. */
export function verdictAction(movie: Movie, verdict: Verdict): Action {
  return {
    label: say(LABELS[verdict]),
    run: { command: 'rate', args: { title: referenceTo(movie), as: verdict } },
    for: 'anyone',
    opens: 'new',
  };
}

/** For a movie of a list; where it was recommended to somebody, they may also say "not this". */
export function ratingOf(movie: Movie, { recommended = false } = {}): RatingActions<Action> {
  const verdicts: Verdict[] = ['liked', 'disliked', 'seen', ...(recommended ? ['dismissed' as const] : [])];
  return { quick: verdicts.map((verdict) => verdictAction(movie, verdict)), whole: wholeAction(movie) };
}

function wholeAction(movie: Movie): Action {
  return {
    label: say('rate.button.whole', { title: titleOf(movie) }),
    run: { command: 'rate', args: { title: referenceTo(movie) } },
    for: 'anyone',
    opens: 'new',
  };
}

/** The ways to rate a movie from its card. */
export function cardRating(movie: Movie): Action[] {
  const { quick, whole } = ratingOf(movie);
  return [...quick, { ...whole, label: say('rate.button.stars') }];
}

/** Everything that can be said of one movie, and what was said before. */
export function ratingPanel(movie: Movie, said: Opinion | undefined): Block<Action>[] {
  const args = { title: referenceTo(movie) };
  const here = (label: Message, more: Record<string, string>): Action => ({
    label,
    run: { command: 'rate', args: { ...args, ...more } },
    for: 'asker',
    opens: 'here',
  });
  const verdicts = VERDICTS.filter((verdict) => verdict !== 'none' || said);
  return [
    {
      kind: 'text',
      lines: [say('rate.ask', { title: titleWithYear(movie) }), ...(said ? [opinionMessage(said)] : [])],
    },
    { kind: 'buttons', buttons: STARS.map((stars) => here(say(`stars.${stars}`), { stars })) },
    { kind: 'buttons', buttons: verdicts.map((verdict) => here(say(LABELS[verdict]), { as: verdict })) },
  ];
}

/** What is held of somebody's opinion, as a line. */
function opinionMessage({ stars, seen, dismissed }: Opinion): Message {
  if (stars !== undefined) return say('rate.saidStars', { stars: starsMessage(stars) });
  if (dismissed) return say('rate.saidDismissed');
  return say(seen ? 'rate.saidSeen' : 'rate.saidNothing');
}

export function starsMessage(stars: number): Message {
  return say(`stars.${String(stars)}` as MessageKey);
}
