import { describe, expect, it } from 'vitest';
import { isLink } from '../../src/chat/reply.ts';
import { IMDB_RATINGS } from '../fixtures/exports.ts';
import { asking, aTasteBot, buttonOf, wordsOf } from '../fixtures/taste-bot.ts';

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

  it('keeps whom the link is for, as /mydata says, until /forgetme', async () => {
    const { bot } = await aTasteBot({ publicUrl: 'https://films.example/' });
    const ann = asking(bot, 'telegram:1');
    const held = async () => {
      const data = await ann.type('/mydata');
      return JSON.parse(data.blocks.find((block) => block.kind === 'file')?.text ?? '').uploadLinks;
    };
    await ann.type('/history');
    expect(await held()).toEqual([expect.stringMatching(/^\d{4}-.*Z$/u)]);
    await ann.press(buttonOf(await ann.type('/forgetme'), 'Delete everything'));
    expect(await held()).toBeUndefined();
  });
});

describe('a history of somebody who asks to be forgotten while it is read', () => {
  it('is not taken, and leaves nothing', async () => {
    const { bot, parts } = await aTasteBot();
    const ann = asking(bot, 'telegram:1');
    await ann.type('/rate alien 2');
    const forget = buttonOf(await ann.type('/forgetme'), 'Delete everything');
    const attachment = {
      name: 'ratings.csv',
      async fetch() {
        await ann.press(forget);
        return new TextEncoder().encode(IMDB_RATINGS);
      },
    };
    const reply = await asking(bot, 'telegram:1', { attachments: [attachment] }).type('/history');
    expect(await parts.opinions.count('telegram:1')).toBe(0);
    expect(await parts.imports.last('telegram:1')).toBeUndefined();
    expect(wordsOf(reply)).toContain('Nothing was taken from that file');
  });
});

describe('taking back what /history brought', () => {
  const attachments = [
    { name: 'ratings.csv', fetch: async () => new TextEncoder().encode(IMDB_RATINGS) },
  ] as const;

  it('is offered by the report, and shown by /mydata until then', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    await asking(bot, 'telegram:1').type('/rate alien 2');
    const report = await asking(bot, 'telegram:1', { attachments }).type('/history');
    expect(await opinions.count('telegram:1')).toBe(2);
    const data = await asking(bot, 'telegram:1').type('/mydata');
    const file = data.blocks.find((block) => block.kind === 'file');
    expect(JSON.parse(file?.text ?? '').lastImport).toMatchObject({
      from: 'imdb',
      changed: [{ title: 'Heat' }],
    });
    const undone = await asking(bot, 'telegram:1').press(buttonOf(report, 'Take this import back'));
    expect(wordsOf(undone)).toBe(
      'Taken back: what you said of films is as it was before your history from IMDb.',
    );
    expect(await opinions.of('telegram:1')).toMatchObject([{ movie: movie('Alien').number, stars: 2 }]);
    const again = await asking(bot, 'telegram:1').press(buttonOf(report, 'Take this import back'));
    expect(wordsOf(again)).toContain('can no longer be taken back');
  });

  it('is offered by /history later on too, and keeps what was said since', async () => {
    const { bot, opinions } = await aTasteBot();
    await asking(bot, 'telegram:1', { attachments }).type('/history');
    await asking(bot, 'telegram:1').type('/rate heat 1');
    const how = await asking(bot, 'telegram:1').type('/history');
    expect(wordsOf(how)).toContain('Your last import came from IMDb.');
    const undone = await asking(bot, 'telegram:1').press(buttonOf(how, 'Take this import back'));
    expect(wordsOf(undone)).toContain('What you have said of a film since then stays.');
    expect(await opinions.of('telegram:1')).toMatchObject([{ stars: 1 }]);
    expect(wordsOf(await asking(bot, 'telegram:1').type('/history'))).not.toContain('last import');
  });
});
