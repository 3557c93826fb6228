import type { Movie } from '../catalogue/movie.ts';
import { quote } from '../chat/args.ts';
import type { Call } from '../chat/invocation.ts';
import type { Action, Block, Reply } from '../chat/reply.ts';
import { type Message, say } from '../messages/message.ts';
import { titleWithYear } from '../messages/movie-words.ts';

/** What the words may mean beyond that is better asked with more words. */
const MAX_CHOICES = 10;

type Pick = (movie: Movie) => Call;

/** "Which one do you mean?", best first. */
export function choicesReply(typed: string, movies: readonly Movie[], pick: Pick): Reply {
  return {
    blocks: [
      { kind: 'text', lines: [say('choose.more', { title: quote(typed) })] },
      choicesBlock(movies.slice(0, MAX_CHOICES), pick),
    ],
  };
}

/** Says that nothing was found, offers the nearest titles, and a search of the stories for the words. */
export function noneReply(typed: string, nearest: readonly Movie[], pick: Pick): Reply {
  const title = quote(typed);
  const plot: Action = {
    label: say('plot.offer'),
    run: { command: 'plot', args: { text: typed } },
    for: 'asker',
    opens: 'here',
  };
  const offer: Block<Action> = { kind: 'buttons', buttons: [plot] };
  if (nearest.length === 0)
    return { blocks: [{ kind: 'text', lines: [say('none.found', { title })] }, offer] };
  return {
    blocks: [
      { kind: 'text', lines: [say('none.nearest', { title })] },
      choicesBlock(nearest.slice(0, MAX_CHOICES), pick),
      offer,
    ],
  };
}

/** Movies to pick from, in the order given; no platform takes more than 25. */
export function choicesBlock(
  movies: readonly Movie[],
  pick: Pick,
  opens: Action['opens'] = 'here',
): Block<Action> {
  return {
    kind: 'choices',
    items: movies.map((movie) => ({
      movie,
      tellsApart: tellsApart(movie, movies),
      pick: { label: titleWithYear(movie), run: pick(movie), for: 'asker', opens },
    })),
  };
}

/** Director first: it is what people know of a film beside its year. Then what else differs. */
function tellsApart(movie: Movie, among: readonly Movie[]): Message[] {
  const parts: Message[] = [];
  if (among.some((other) => other.kind !== movie.kind)) parts.push(say(`kind.${movie.kind}`));
  if (movie.directors.length > 0) parts.push(say('tells.director', { names: movie.directors.slice(0, 2) }));
  else if (movie.cast.length > 0) parts.push(say('tells.cast', { names: movie.cast.slice(0, 2) }));
  if (movie.original) parts.push(say('tells.original', { title: movie.original }));
  const [genre] = movie.genres;
  if (genre && parts.length < 2) parts.push(say(`genre.${genre}`));
  return parts;
}
