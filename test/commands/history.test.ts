import { describe, expect, it } from 'vitest';
import { isLink } from '../../src/chat/reply.ts';
import { asking, aTasteBot, wordsOf } from '../fixtures/taste-bot.ts';

describe('/history without a file', () => {
  it('says which files it takes, and how', async () => {
    const { bot } = await aTasteBot();
    const reply = await asking(bot, 'telegram:1').type('/history');
    expect(wordsOf(reply)).toContain('Letterboxd’s ZIP');
    expect(reply.blocks).toHaveLength(1);
  });

  it('gives a link of its own to the page, where that has an address', async () => {
    const { bot, parts } = await aTasteBot({ publicUrl: 'https://films.example/kindred/' });
    const reply = await asking(bot, 'telegram:1').type('/history');
    const links = reply.blocks.flatMap((block) =>
      block.kind === 'buttons' ? block.buttons.filter(isLink) : [],
    );
    const [, token = ''] =
      /^https:\/\/films\.example\/kindred\/history\/([\w-]{22})$/u.exec(links[0]?.href ?? '') ?? [];
    expect(await parts.uploadLinks.redeem(token, Date.now())).toMatchObject({ owner: 'telegram:1' });
    expect(wordsOf(reply)).toContain('for 15 minutes');
    expect(reply.onlyForAsker).toBe(true);
  });
});
