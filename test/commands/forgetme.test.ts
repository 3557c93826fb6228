import { describe, expect, it } from 'vitest';
import { asking, aTasteBot, buttonOf, wordsOf } from '../fixtures/taste-bot.ts';

const ANN = 'telegram:1';

describe('/forgetme', () => {
  it.each(['/forgetme sure:true', '/forgetme true', '/forgetme yes'])(
    'asks before it deletes, also where %s is typed',
    async (typed) => {
      const { bot, opinions } = await aTasteBot();
      const ann = asking(bot, ANN);
      await ann.type('/rate alien 4');
      const question = await ann.type(typed);
      expect(wordsOf(question)).toContain('Delete all I keep about you');
      expect(await opinions.count(ANN)).toBe(1);
      await ann.press(buttonOf(question, 'Delete everything'));
      expect(await opinions.count(ANN)).toBe(0);
    },
  );

  it('asks also where the confirmation itself came in a link', async () => {
    const { bot, opinions, parts } = await aTasteBot();
    await asking(bot, ANN).type('/rate alien 4');
    const id = await parts.buttons.encode(
      {
        label: { key: 'forgetme.confirm' },
        run: { command: 'forgetme', args: { sure: 'true' } },
        for: 'anyone',
        opens: 'here',
      },
      ANN,
    );
    const chat = { kind: 'private' } as const;
    const reply = await bot.handle({ ask: { kind: 'button', id, linked: true }, asker: ANN, chat });
    expect(wordsOf(reply)).toContain('Delete all I keep about you');
    expect(await opinions.count(ANN)).toBe(1);
  });

  it('asks again in the private chat where it is confirmed in a group', async () => {
    const { bot, opinions, parts } = await aTasteBot();
    const ann = asking(bot, ANN);
    await ann.type('/rate alien 4');
    const confirm = buttonOf(await ann.type('/forgetme'), 'Delete everything');
    const elsewhere = await asking(bot, ANN, { chat: { kind: 'group' } }).press(confirm);
    const open = buttonOf(elsewhere, 'Open our private chat');
    expect(await parts.buttons.decode(open.id)).toMatchObject({ call: { command: 'forgetme', args: {} } });
    expect(await opinions.count(ANN)).toBe(1);
  });
});

describe('what a button of /rate alone may say', () => {
  it('is a part of the title where it is typed', async () => {
    const { bot, opinions } = await aTasteBot();
    const reply = await asking(bot, ANN).type('/rate alien before:90');
    expect(wordsOf(reply)).toContain('I found no film called “alien before:90”');
    expect(await opinions.count(ANN)).toBe(0);
  });
});
