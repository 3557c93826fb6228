import type { Language } from '../messages/languages.ts';
import { type Action, type Block, isLink, type Reply, type SealedAction, type SealedReply } from './reply.ts';

type Encode = (action: Action) => Promise<string>;

/** The same block with an id on every button. */
export async function sealBlock(block: Block<Action>, encode: Encode): Promise<Block<SealedAction>> {
  const seal = async (action: Action): Promise<SealedAction> => ({ ...action, id: await encode(action) });
  switch (block.kind) {
    case 'text':
    case 'file':
      return block;
    case 'results': {
      const { previous, more, narrow, clear, share, items, ...rest } = block;
      return {
        ...rest,
        items: await Promise.all(
          items.map(async ({ rating, ...item }) => ({
            ...item,
            similar: await seal(item.similar),
            ...(rating && {
              rating: {
                quick: await Promise.all(rating.quick.map(seal)),
                whole: await seal(rating.whole),
              },
            }),
          })),
        ),
        ...(previous && { previous: await seal(previous) }),
        ...(more && { more: await seal(more) }),
        ...(narrow && { narrow: await Promise.all(narrow.map(seal)) }),
        ...(clear && { clear: await seal(clear) }),
        ...(share && { share: await seal(share) }),
      };
    }
    case 'choices':
      return {
        ...block,
        items: await Promise.all(block.items.map(async (item) => ({ ...item, pick: await seal(item.pick) }))),
      };
    case 'poll':
      return {
        ...block,
        choices: await Promise.all(
          block.choices.map(async (choice) => ({ ...choice, pick: await seal(choice.pick) })),
        ),
        end: await seal(block.end),
      };
    case 'card':
      return { ...block, actions: await Promise.all(block.actions.map(seal)) };
    case 'buttons':
      return {
        ...block,
        buttons: await Promise.all(block.buttons.map(async (each) => (isLink(each) ? each : seal(each)))),
      };
  }
}

/** A reply that nobody asked for just now, with an id on every button. */
export async function sealPost(reply: Reply, language: Language, encode: Encode): Promise<SealedReply> {
  const blocks = await Promise.all(reply.blocks.map((block) => sealBlock(block, encode)));
  return { ...reply, blocks, language, replaces: false, refused: false };
}
