import { readFileSync } from 'node:fs';
import type { APIInteraction } from 'discord-api-types/v10';
import type { Movie } from '../../../src/catalogue/movie.ts';
import type { ResultsBlock, SealedAction, SealedReply } from '../../../src/chat/reply.ts';
import { say, titleOf } from '../../../src/messages/message.ts';

export function movie(facts: Partial<Movie> = {}): Movie {
  return {
    id: 'tt0118929',
    number: 1,
    title: 'Dark City',
    kind: 'movie',
    aka: [],
    genres: [],
    keywords: [],
    directors: [],
    cast: [],
    countries: [],
    adult: false,
    ids: {},
    source: 'starter',
    ...facts,
  };
}

export function action(id: string, facts: Partial<SealedAction> = {}): SealedAction {
  return {
    id,
    label: say('button.more'),
    run: { command: 'similar', args: {} },
    for: 'asker',
    opens: 'here',
    ...facts,
  };
}

export function results(facts: Partial<ResultsBlock<SealedAction>> = {}): ResultsBlock<SealedAction> {
  return { kind: 'results', seeds: [], items: [], page: 1, pages: 1, filters: [], notes: [], ...facts };
}

export function reply(facts: Partial<SealedReply> = {}): SealedReply {
  return { blocks: [line('Hello')], language: 'en', replaces: false, refused: false, ...facts };
}

/** A text block that shows these words. */
export function line(words: string): SealedReply['blocks'][number] {
  return { kind: 'text', lines: [say('result.title', { title: titleOf(movie({ title: words })) })] };
}

/** An interaction as Discord sends it, with some fields changed. */
export function payload(name: string, changes: Record<string, unknown> = {}): APIInteraction {
  const file = new URL(`../../fixtures/discord/${name}.json`, import.meta.url);
  return { ...JSON.parse(readFileSync(file, 'utf8')), ...changes };
}

/** A press of the button with this id, on this message, by this person. */
export function press(id: string, by = '400000000000000001', message = '700000000000000003'): APIInteraction {
  const recorded = payload('button') as unknown as {
    data: object;
    message: object;
    member: { user: object };
  };
  return {
    ...recorded,
    data: { ...recorded.data, custom_id: id },
    message: { ...recorded.message, id: message },
    member: { ...recorded.member, user: { ...recorded.member.user, id: by } },
  } as unknown as APIInteraction;
}
