import { describe, expect, it } from 'vitest';
import { TITLES } from '../fixtures/titles.ts';
import { resolverOn, told } from './helpers.ts';

const resolver = await resolverOn();
const outcomeOf = async (text: string) => told(await resolver.resolve(text));

describe('typed words', () => {
  const cases: Readonly<Record<string, readonly (readonly [typed: string, found: string])[]>> = {
    'with a slip of the fingers still find the movie': [
      ['Incepyion', 'Inception 2010'],
      ['Inecption', 'Inception 2010'],
      ['Inceptin', 'Inception 2010'],
      ['Incepttion', 'Inception 2010'],
    ],
    'spelt by ear find the movie': [
      ['inglorious bastards', 'Inglourious Basterds 2009'],
      ['silense of the lams', 'The Silence of the Lambs 1991'],
      ['shawshenk redemtion', 'The Shawshank Redemption 1994'],
    ],
    'joined and split find the movie': [
      ['golden eye', 'GoldenEye 1995'],
      ['hit man', 'Hitman 2007'],
      ['spiderman homecoming', 'Spider-Man: Homecoming 2017'],
      ['backto the future', 'Back to the Future 1985'],
    ],
    'do without articles, or with one too many': [
      ['matrix', 'The Matrix 1999'],
      ['the inglourious basterds', 'Inglourious Basterds 2009'],
      ['matrix, the', 'The Matrix 1999'],
    ],
    'do without punctuation, and with "and" for any sign': [
      ['wall e', 'WALL·E 2008'],
      ['m a s h', 'MASH 1970'],
      ['m*a*s*h', 'MASH 1970'],
      ['oceans eleven', 'Ocean’s Eleven 2001'],
      ['romeo and juliet', 'Romeo + Juliet 1996'],
      ['fast and furious 6', 'Fast & Furious 6 2013'],
    ],
    'give numbers in any dress': [
      ['5th element', 'The Fifth Element 1997'],
      ['se7en', 'Se7en 1995'],
      ['seven', 'Seven 1995'],
      ['7 samurai', 'Seven Samurai 1954'],
      ['101 dalmatians', 'One Hundred and One Dalmatians 1961'],
      ['godfather 2', 'The Godfather: Part II 1974'],
      ['the godfather part two', 'The Godfather: Part II 1974'],
      ['kill bill 2', 'Kill Bill: Vol. 2 2004'],
      ['mission impossible 3', 'Mission: Impossible III 2006'],
      ['alien 3', 'Alien³ 1992'],
      ['malcolm x', 'Malcolm X 1992'],
      ['terminator 2', 'Terminator 2: Judgment Day 1991'],
      ['eight and a half', '8½ 1963'],
      ['8 1/2', '8½ 1963'],
    ],
    'ask for a film by its place in a series': [
      ['harry potter 3', 'Harry Potter and the Prisoner of Azkaban 2004'],
      ['avatar 2', 'Avatar: The Way of Water 2022'],
      ['lord of the rings 2', 'The Lord of the Rings: The Two Towers 2002'],
      ['jurassic park 2', 'The Lost World: Jurassic Park 1997'],
      ['xmen 2', 'X2: X-Men United 2003'],
      ['hary poter 3', 'Harry Potter and the Prisoner of Azkaban 2004'],
    ],
    'leave the number of a first film out': [
      ['kill bill', 'Kill Bill: Vol. 1 2003'],
      ['back to the future', 'Back to the Future 1985'],
    ],
    'may be initials of a well-known title': [
      ['gotg', 'Guardians of the Galaxy 2014'],
      ['bttf', 'Back to the Future 1985'],
      ['lotr two towers', 'The Lord of the Rings: The Two Towers 2002'],
      ['t2', 'Terminator 2: Judgment Day 1991'],
    ],
    'may be a subtitle, or a series with a word of it': [
      ['fellowship of the ring', 'The Lord of the Rings: The Fellowship of the Ring 2001'],
      ['the last jedi', 'Star Wars: The Last Jedi 2017'],
      ['harry potter goblet', 'Harry Potter and the Goblet of Fire 2005'],
      ['star wars empire', 'Star Wars: Episode V - The Empire Strikes Back 1980'],
    ],
    'may be cut off': [
      ['the shawshank redem', 'The Shawshank Redemption 1994'],
      ['inglourious bas', 'Inglourious Basterds 2009'],
    ],
    'may hold operators, years and colons that belong to the title': [
      ['Romeo + Juliet', 'Romeo + Juliet 1996'],
      ['2 + 2', '2 + 2 1985'],
      ['Blade Runner 2049', 'Blade Runner 2049 2017'],
      ['Wonder Woman 1984', 'Wonder Woman 1984 2020'],
    ],
    'may be very short or odd': [
      ['it', 'It 2017'],
      ['9', '9 2009'],
      ['us', 'Us 2019'],
      ['up', 'Up 2009'],
      ['$', '$ 1971'],
      ['1984', 'Nineteen Eighty-Four 1984'],
      ['Alien³', 'Alien³ 1992'],
    ],
    'may be another title, in any script, with accents or without': [
      ['amelie', 'Amélie 2001'],
      ['Амели', 'Амели 2001'],
      ['елки', 'Ёлки 2010'],
      ['千と千尋の神隠し', '千と千尋の神隠し 2001'],
      ['기생충', '기생충 2019'],
      ['وجدة', 'وجدة 2012'],
      ['३ इडियट्स', '३ इडियट्स 2009'],
      ['le cinquieme element', 'Le Cinquième Élément 1997'],
      ['sorcerers stone', "Harry Potter and the Sorcerer's Stone 2001"],
    ],
  };
  for (const [sentence, queries] of Object.entries(cases))
    it.each(queries)(`${sentence}: %s`, async (typed, found) => {
      expect(await outcomeOf(typed)).toBe(`match ${found}`);
    });
});

describe('words that people say around a title', () => {
  it.each([
    'that movie called inception',
    'the film inception',
    'something like inception',
    'i want to watch inception',
    'movies similar to inception please',
    'inception full movie',
    'any shows like inceptoin',
    'any tv show like inception',
    'the movie inception 2010',
  ])('are none of it: %s', async (text) => {
    expect(await outcomeOf(text)).toBe('match Inception 2010');
  });

  it('are asked about where they may say whose it is', async () => {
    expect(await outcomeOf('inception by christopher nolan')).toMatch(/^choose Inception 2010/u);
    expect(await outcomeOf('the matrix starring keanu reeves')).toMatch(/^choose The Matrix 1999/u);
  });

  it('are a title where they are one', async () => {
    const titles = ['Something Like Inception', 'Inception', 'Series 7', 'Movie', 'Like'];
    const rows = titles.map((each, index) => ({ ...TITLES[0]!, number: index + 1, titles: [each] }));
    const among = await resolverOn(rows);
    for (const title of titles)
      expect(await among.resolve(title)).toMatchObject({ outcome: 'match', best: { title } });
  });
});

describe('a script of syllables', () => {
  it('has no slips of the finger: one other character is another word', async () => {
    const rows = [{ ...TITLES[0]!, titles: ['기생수'] }];
    expect((await (await resolverOn(rows)).resolve('기생충')).outcome).toBe('none');
  });
});

describe('a year', () => {
  it.each([
    'the thing 1982',
    'The Thing (1982)',
    'thing [1982]',
    'teh thing 1982',
    'the thing from 1982',
    'The_Thing_1982',
    '1982 the thing',
  ])('tells namesakes apart: %s', async (text) => {
    expect(await outcomeOf(text)).toBe('match The Thing 1982');
  });

  it('that is off by one still resolves, and says so', async () => {
    expect(await resolver.resolve('Blade Runner (1983)')).toMatchObject({
      outcome: 'match',
      best: { title: 'Blade Runner', year: 1982 },
      yearTyped: 1983,
    });
  });

  it('that is right is not remarked on', async () => {
    expect(await resolver.resolve('dune 1984')).not.toHaveProperty('yearTyped');
  });
});

describe('the outcome', () => {
  it('is a question where several movies of the name are known', async () => {
    expect(await outcomeOf('the thing')).toBe(
      'choose The Thing 1982, The Thing 2011, The Thing from Another World 1951',
    );
    expect(await outcomeOf('the office')).toBe('choose The Office 2005, The Office 2001');
  });

  it('offers beside movies of the very name only what the name is a part of', async () => {
    expect(await outcomeOf('thing')).not.toContain('Stranger Things');
  });

  it('begins with the oldest where the name of a series was typed', async () => {
    expect(await outcomeOf('harry potter')).toMatch(
      /^choose Harry Potter and the Philosopher's Stone 2001, /u,
    );
  });

  it('prefers the name that was typed letter for letter', async () => {
    const versions = ['Romeo + Juliet', 'Romeo and Juliet', 'Romeo & Juliet'].map((title, index) => ({
      ...TITLES[0]!,
      number: index + 1,
      titles: [title],
      year: 1990 + index,
      popularity: 0.99,
    }));
    const among = await resolverOn(versions);
    for (const { titles, year } of versions) {
      const found = await among.resolve(titles[0]!);
      expect(told(found)).toMatch(new RegExp(`^\\w+ .{14,16} ${year}`, 'u'));
    }
  });

  /** Films by title, with how many of the others have fewer votes. */
  const films = (known: Readonly<Record<string, number>>) =>
    resolverOn(
      Object.entries(known).map(([title, popularity], index) => ({
        ...TITLES[0]!,
        number: index + 1,
        id: `h${index}`,
        titles: [title],
        year: 1980 + index,
        popularity,
      })),
    );

  it('takes a place in a series from the films of its franchise, in the order of their years', async () => {
    const known: readonly (readonly [title: string, year: number, popularity: number])[] = [
      ['Batman Begins', 2005, 0.997],
      ['The Dark Knight', 2008, 0.9999],
      ['Batman', 1989, 0.995],
      ['Batman Returns', 1992, 0.99],
      ['The Batman', 2022, 0.998],
    ];
    const series = await resolverOn(
      known.map(([title, year, popularity], index) => ({
        ...TITLES[0]!,
        number: index + 1,
        id: `h${index}`,
        titles: [title],
        year,
        popularity,
        ...(year < 2020 && { franchise: 'Batman' }),
      })),
    );
    expect(told(await series.resolve('batman 2'))).toBe('match Batman Returns 1992');
  });

  it('counts a plural as a film of its own, and not as another of the bare name', async () => {
    const series = await films({
      Predator: 0.995,
      'Predator 2': 0.99,
      Predators: 0.99,
      'Predator: Badlands': 0.99,
    });
    expect(told(await series.resolve('predator 3'))).toBe('match Predators 1982');
  });

  it('knows a subtitle without the article that it begins with', async () => {
    const among = await films({
      'Winter Soldier Diaries': 0.97,
      'Captain America: The Winter Soldier': 0.99,
    });
    expect(told(await among.resolve('winter soldier'))).toMatch(
      /^choose Captain America: The Winter Soldier/u,
    );
  });

  it('is a question where what fits best fits badly', async () => {
    const among = await films({ Spielberg: 0.7, 'Project London': 0.2 });
    expect(told(await among.resolve('jaws spielberg'))).toMatch(/^choose Spielberg/u);
  });

  it('is none for a number that nobody counts to', async () => {
    const among = await films({ '99 Homes': 0.99, Rocky: 0.99 });
    expect(told(await among.resolve('9'.repeat(300)))).toBe('none');
    expect(told(await among.resolve(`rocky ${'9'.repeat(300)}`))).toBe('none');
  });

  it('is a question where the article that was typed is that of another title', async () => {
    const among = await films({ Ghost: 0.992, 'The Ghost': 0.62 });
    expect(told(await among.resolve('the ghost'))).toMatch(/^choose/u);
  });

  it('knows initials with a number, even if another title has a word like them', async () => {
    const among = await films({
      'Mission: Impossible': 0.99,
      'Mission: Impossible III': 0.99,
      'Mi vecino Totoro': 0.9,
    });
    expect(told(await among.resolve('mi3'))).toContain('Mission: Impossible III');
  });

  it('is a match where the whole name of a known film was typed, however many better known titles begin so', async () => {
    const among = await films({
      Visitor: 0.98,
      Visitors: 0.999,
      'Visitor: Covenant': 0.9965,
      'Visitor: Romulus': 0.996,
      'Visitor: Resurrection': 0.996,
    });
    expect(told(await among.resolve('visitor'))).toBe('match Visitor 1980');
  });

  it('is a question where the whole name of a little-known film was typed, and others begin so', async () => {
    const among = await films({ Visitor: 0.8, 'Visitor: Covenant': 0.9965, 'Visitor: Romulus': 0.996 });
    expect((await among.resolve('visitor')).outcome).toBe('choose');
  });

  it.each(['Judgement Day', 'Judgment Day'])(
    'is a question where a whole name is the subtitle of a far better known film, however that spells it: %s',
    async (name) => {
      const among = await films({ [name]: 0.5, 'Machine 2: Judgment Day': 0.9993 });
      expect(told(await among.resolve(name))).toBe(`choose Machine 2: Judgment Day 1981, ${name} 1980`);
    },
  );

  it('is a match where a whole name is the subtitle of a film about as well known', async () => {
    const among = await films({ Maverick: 0.988, 'Top Pilot: Maverick': 0.999 });
    expect(told(await among.resolve('maverick'))).toBe('match Maverick 1980');
  });

  it.each([
    ['colour of night', 'Color of Night'],
    ['the gray', 'The Grey'],
    ['theater of blood', 'Theatre of Blood'],
    ['the traveler', 'The Traveller'],
    ['offense', 'Offence'],
  ])('does not hang on British or American spelling: %s, %s', async (typed, title) => {
    expect(told(await (await films({ [title]: 0.5 })).resolve(typed))).toBe(`match ${title} 1980`);
  });

  it.each([
    ['matricks', 'The Matrix'],
    ['pulp ficshun', 'Pulp Fiction'],
    ['dark turist', 'Dark Tourist'],
  ])('does not hang on how a sound is written: %s, %s', async (typed, title) => {
    expect(told(await (await films({ [title]: 0.5 })).resolve(typed))).toBe(`match ${title} 1980`);
  });

  it.each([
    ['a number that no title of it has', 'inception 7', 'Inception 2010'],
    ['words about it', 'spielberg jurassic park', 'Jurassic Park 1993'],
    ['words about it', 'inception nolan', 'Inception 2010'],
  ])('is a question where a known name comes with %s: %s', async (_, text, first) => {
    expect(await outcomeOf(text)).toMatch(new RegExp(`^choose ${first}`, 'u'));
  });

  it('is a match where one namesake is much better known, and the other is offered', async () => {
    const found = await resolver.resolve('inception');
    expect(found).toMatchObject({ outcome: 'match', exact: true, best: { year: 2010 } });
    expect(found.outcome === 'match' && found.others[0]).toMatchObject({ title: 'Inception', year: 2014 });
  });

  it('never buries an exact title under a better known one', async () => {
    const found = await resolver.resolve('Godfather');
    const offered =
      found.outcome === 'match'
        ? [found.best, ...found.others]
        : found.outcome === 'choose'
          ? found.candidates
          : [];
    expect(offered.slice(0, 2).map((each) => each.title)).toContain('Godfather');
  });

  it('says whether the words were exactly a title', async () => {
    expect(await resolver.resolve('WALL-E')).toMatchObject({ outcome: 'match', exact: true });
    expect(await resolver.resolve('Incepton')).toMatchObject({ outcome: 'match', exact: false });
  });

  it.each(['asdfghjkl qwertz', 'zzzz', '!!!!', 'a film that was never made at all'])(
    'is none where nothing fits: %s',
    async (text) => {
      expect((await resolver.resolve(text)).outcome).toBe('none');
    },
  );

  it('never holds more than ten choices and three others', async () => {
    const namesakes = Array.from({ length: 30 }, (_, index) => ({
      ...TITLES[0]!,
      number: index + 1,
      year: 1990 + index,
    }));
    const found = await (await resolverOn(namesakes)).resolve('inception');
    expect(found.outcome === 'choose' && found.candidates).toHaveLength(10);
  });

  it('scores from 0 to 1, best first', async () => {
    const found = await resolver.resolve('the thing');
    const scores = found.outcome === 'choose' ? found.candidates.map((each) => each.score) : [];
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
  });
});

describe('options', () => {
  it('keep adult titles hidden unless they are asked for', async () => {
    expect((await resolver.resolve('Forbidden Nights')).outcome).toBe('none');
    expect(told(await resolver.resolve('Forbidden Nights', { adult: true }))).toBe(
      'match Forbidden Nights 1999',
    );
  });

  it('limit the kind', async () => {
    expect(told(await resolver.resolve('dark', { kind: 'show' }))).toBe('match Dark 2017');
    expect(await resolver.resolve('inception', { kind: 'show' })).toEqual({ outcome: 'none', nearest: [] });
  });

  it('stop with the reason of the signal', async () => {
    await expect(resolver.resolve('it', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});
