import { type FoundMovies, findMovie, findMovies } from '../../../src/answers/find-movies.ts';
import type { Movie, MovieId } from '../../../src/catalogue/movie.ts';
import { quote } from '../../../src/chat/args.ts';
import { UserError } from '../../../src/chat/errors.ts';
import { say } from '../../../src/messages/message.ts';
import type { WebCore } from '../parts.ts';
import { Problem } from '../problem.ts';
import type { Reader } from '../reader.ts';
import { candidateJson } from './movie-json.ts';

/** One living movie by any id it ever had. 404 where there is none, and for adult titles, which no page shows. */
export async function movieById(core: WebCore, reader: Reader, id: MovieId): Promise<Movie> {
  const movie = (await core.catalogue.get([id], { signal: reader.signal })).get(id);
  if (movie && !movie.adult) return movie;
  throw new Problem(404, { detail: reader.words.text(say('page.error.noMovie', { id: quote(id) })) });
}

/** What a title means: 300 with candidates where it may be several, 404 with suggestions where it is none. */
export async function moviesByTitle(
  core: WebCore,
  reader: Reader,
  title: string,
  { parameter = 'title', blend = true } = {},
): Promise<FoundMovies> {
  const find = blend ? findMovies : findMovie;
  const found = await explained(
    parameter,
    reader,
    find,
  )(title, {
    titles: core.titles,
    catalogue: core.catalogue,
    call: { command: 'similar', args: { title } },
    invocation: { ask: { kind: 'command', command: 'similar', args: { title } } },
    signal: reader.signal,
  });
  if (!('reply' in found)) return found;
  const candidates = found.candidates.map((each) => candidateJson(each, reader.words));
  const about = { title: quote(found.typed) };
  throw found.outcome === 'choose'
    ? new Problem(300, {
        detail: reader.words.text(say('choose.more', about)),
        parameter,
        members: { candidates },
      })
    : new Problem(404, {
        detail: reader.words.text(say('none.found', about)),
        parameter,
        members: { suggestions: candidates },
      });
}

/** Mistakes in the words, told as the parameter's. */
function explained<A extends unknown[], R>(
  parameter: string,
  { words }: Reader,
  find: (...args: A) => Promise<R>,
): (...args: A) => Promise<R> {
  return async (...args) => {
    try {
      return await find(...args);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const status = error.shown.key === 'error.gone' ? 404 : 400;
      throw new Problem(status, { detail: words.text(error.shown), parameter });
    }
  };
}

/** The one movie of a parameter that takes an id or a title. */
export async function movieByIdOrTitle(
  core: WebCore,
  reader: Reader,
  text: string,
  parameter: string,
): Promise<Movie> {
  const byId = (await core.catalogue.get([text], { signal: reader.signal })).get(text);
  if (byId && !byId.adult) return byId;
  const { seeds } = await moviesByTitle(core, reader, text, { parameter, blend: false });
  return seeds[0]!;
}

/** A parameter that must be there. */
export function demanded(text: string | undefined, parameter: string, { words }: Reader): string {
  if (text) return text;
  throw new Problem(400, { detail: words.text(say('page.error.missing', { name: parameter })), parameter });
}
