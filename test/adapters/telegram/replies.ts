import type { Movie } from '../../../src/catalogue/movie.ts';
import type { Block, SealedAction, SealedReply } from '../../../src/chat/reply.ts';
import { type Message, say, titleOf } from '../../../src/messages/message.ts';

export function sealed(blocks: readonly Block<SealedAction>[], more: Partial<SealedReply> = {}): SealedReply {
  return { blocks, language: 'en', replaces: false, refused: false, ...more };
}

export function action(id: string, label: Message, more: Partial<SealedAction> = {}): SealedAction {
  return { id, label, run: { command: 'similar', args: {} }, for: 'asker', opens: 'here', ...more };
}

export function similarTo(movie: Movie, id: string): SealedAction {
  return action(id, say('button.similarTo', { title: titleOf(movie) }), { for: 'anyone', opens: 'new' });
}
