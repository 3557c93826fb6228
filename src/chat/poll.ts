import type { Block, PollBlock, Reply, SealedAction } from './reply.ts';

/** The poll that a reply asks for: adapters send it as a message of its own. */
export function pollOf(reply: Reply<SealedAction>): PollBlock<SealedAction> | undefined {
  return reply.blocks.find((block) => block.kind === 'poll');
}

/** The same vote without a poll, counted by us: for where the platform has none, or does not let us post one. */
export function withoutPoll({ question, choices, end }: PollBlock<SealedAction>): Block<SealedAction>[] {
  return [
    { kind: 'text', lines: [question] },
    { kind: 'choices', items: choices },
    { kind: 'buttons', buttons: [end] },
  ];
}
