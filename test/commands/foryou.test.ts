import { describe, expect, it } from 'vitest';
import type { ResultsBlock, SealedAction, SealedReply } from '../../src/chat/reply.ts';
import { Wording } from '../../src/messages/wording.ts';
import { asking, aTasteBot, buttonOf, wordsOf } from '../fixtures/taste-bot.ts';

const ANN = 'discord:1';

function listOf(reply: SealedReply): ResultsBlock<SealedAction> {
  const list = reply.blocks.find((block) => block.kind === 'results');
  if (!list) throw new Error(`no list in ${JSON.stringify(reply)}`);
  return list;
}

const titlesOf = (reply: SealedReply) => listOf(reply).items.map(({ movie }) => movie.title);

describe('/foryou', () => {
  it('starts from films to tap where nothing was said yet, and goes on from the taps', async () => {
    const { bot, opinions } = await aTasteBot();
    const ann = asking(bot, ANN);
    const start = await ann.type('/foryou');
    const films = start.blocks.find((block) => block.kind === 'choices')?.items ?? [];
    expect(films.map(({ movie }) => movie.title)).toEqual([
      'Alien',
      'Apollo 13',
      'Heat',
      'Toy Story',
      'Toy Story 3',
    ]);
    // The films stay there for the next tap.
    expect(await ann.press(films[1]!.pick)).toMatchObject({ replaces: false, note: 'important' });
    expect(await opinions.of(ANN)).toMatchObject([{ movie: films[1]!.movie.number, stars: 4.5 }]);
    const list = await ann.press(buttonOf(start, 'Show me films for me'));
    expect(titlesOf(list)).toEqual(['Alien', 'Heat', 'Toy Story', 'Toy Story 3']);
  });

  it('says how sure it is, and gives reasons in terms of what was rated', async () => {
    const { bot } = await aTasteBot();
    const ann = asking(bot, ANN);
    await ann.type('/rate alien 5');
    const reply = await ann.type('/foryou');
    expect(wordsOf(reply)).toBe('For you:\nFrom 1 rating this is a guess; each one you add makes it surer.');
    expect(listOf(reply).items[0]?.reasons).toEqual([{ kind: 'liked', values: ['Alien'] }]);
    expect(reply.onlyForAsker).toBe(true);
  });

  it('moves away from what gets "not this", and back with the undo', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const ann = asking(bot, ANN);
    await ann.type('/rate alien 5');
    const [heat] = listOf(await ann.type('/foryou')).items.filter((item) => item.movie.title === 'Heat');
    const words = new Wording();
    const notThis = heat?.rating?.quick.find(({ label }) => words.text(label) === '✕ Not this');
    const note = await ann.press(notThis!);
    expect(wordsOf(note)).toBe('Noted: not Heat. I keep away from it and from what is like it.');
    expect(await opinions.on(ANN, movie('Heat').number)).toMatchObject({ dismissed: true, seen: false });
    expect(titlesOf(await ann.type('/foryou'))).not.toContain('Heat');
    await ann.press(buttonOf(note, 'Undo'));
    expect(titlesOf(await ann.type('/foryou'))).toContain('Heat');
  });

  it('takes filters as everywhere, and a genre as a plain word', async () => {
    const { bot } = await aTasteBot();
    const ann = asking(bot, ANN);
    await ann.type('/rate alien 5');
    const reply = await ann.type('/foryou horror from:1980');
    const words = new Wording();
    expect(listOf(reply).filters.map((filter) => words.text(filter))).toEqual(['Horror', 'from 1980']);
  });
});
