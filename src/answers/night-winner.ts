import type { Movie } from '../catalogue/movie.ts';
import type { Tools } from '../chat/command.ts';
import { UserError } from '../chat/errors.ts';
import type { Action, Block, Reply } from '../chat/reply.ts';
import { type Message, say } from '../messages/message.ts';
import { titleWithYear } from '../messages/movie-words.ts';
import type { Outcome } from '../nights/decide.ts';
import { movieLinks } from './links.ts';
import { cardRating } from './rating.ts';
import { similarAction } from './results.ts';

type Stock = Pick<Tools, 'catalogue'>;

/** How the vote came out, with the film's card. */
export async function winnerReply(outcome: Outcome, tools: Stock): Promise<Reply> {
  const movie = await theMovie(outcome.winner, tools);
  return { blocks: [{ kind: 'text', lines: [outcomeMessage(outcome, movie)] }, cardOf(movie)] };
}

/** Which film won, where how is no longer known. */
export async function toldReply(winner: number, { card }: { card: boolean }, tools: Stock): Promise<Reply> {
  const movie = await theMovie(winner, tools);
  const told: Block<Action> = {
    kind: 'text',
    lines: [say('night.wonBefore', { title: titleWithYear(movie) })],
  };
  return { blocks: card ? [told, cardOf(movie)] : [told] };
}

function outcomeMessage({ votes, total, tied }: Outcome, movie: Movie): Message {
  const title = titleWithYear(movie);
  if (total === 0) return say('night.winsUnvoted', { title });
  return say(tied ? 'night.winsTied' : 'night.wins', { title, votes: String(votes), count: total });
}

function cardOf(movie: Movie): Block<Action> {
  return {
    kind: 'card',
    movie,
    actions: [{ ...similarAction(movie), label: say('button.similar') }, ...cardRating(movie)],
    links: movieLinks(movie),
  };
}

async function theMovie(number: number, { catalogue }: Stock): Promise<Movie> {
  const movie = (await catalogue.byNumber([number])).get(number);
  if (!movie) throw new UserError(say('error.gone'));
  return movie;
}
