import { describe, expect, it } from 'vitest';
import { checkStarterFolder } from '../../src/catalogue/check-starter.ts';
import { checkStarter } from '../../src/catalogue/starter-rules.ts';
import { SHIPPED } from '../../src/paths.ts';

const WORDS = ['heist', 'prison', 'revenge', 'satire', 'trains', 'twins', 'whodunit', 'wizard'];
const SIXTY_WORDS = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');

const film = (facts: object = {}) => ({
  title: 'The Long Night',
  year: 1999,
  kind: 'movie',
  overview: SIXTY_WORDS,
  genres: ['drama'],
  keywords: WORDS,
  directors: ['Ada Alder'],
  cast: ['Bo Birch', 'Cy Cedar'],
  countries: ['FR'],
  popularity: 0.7,
  ...facts,
});

/** What is wrong with these films of the 1990s, but for their small number. */
const problemsOf = (...films: unknown[]) =>
  checkStarter([{ name: '1990s.json', films }], { all: WORDS }, {}).problems;

describe('the rules of the starter catalogue', () => {
  it('are kept by the catalogue that ships', async () => {
    expect(await checkStarterFolder(SHIPPED.starter)).toEqual({ problems: [], warnings: [] });
  });

  it('accept a film that has all that is asked', () => {
    expect(problemsOf(film())).toEqual([]);
  });

  it.each([
    ['a field that is not known', { director: 'Ada Alder' }, 'Unrecognized key: "director"'],
    ['a genre that is not ours', { genres: ['noir'] }, 'genres.0'],
    ['a country that is no code', { countries: ['France'] }, 'countries.0: is no country code'],
    ['an IMDb id of another form', { ids: { imdb: '0133093' } }, 'ids.imdb'],
    ['an empty list instead of none', { cast: [] }, 'cast'],
    ['a short overview', { overview: 'Three small words.' }, 'overview has 3 words'],
    ['a verdict', { overview: `${SIXTY_WORDS} masterpiece` }, 'overview gives a verdict: "masterpiece"'],
    ['its title in the overview', { overview: `${SIXTY_WORDS} The long night!` }, 'names "The Long Night"'],
    ['a name in the overview', { overview: `${SIXTY_WORDS} Bo Birch` }, 'names "Bo Birch"'],
    ['too few keywords', { keywords: WORDS.slice(1) }, 'has 7 keywords'],
    ['a keyword twice', { keywords: [...WORDS, 'heist'] }, 'has a keyword twice'],
    ['a keyword of its own', { keywords: [...WORDS, 'bank job'] }, '"bank job" is not in vocabulary.json'],
    [
      'a title twice',
      { aka: [{ title: 'the long  night', language: 'de' }] },
      'has the title "the long  night" twice',
    ],
    ['a film without directors', { directors: undefined }, 'has no directors'],
    ['a film of another decade', { year: 2001 }, 'stands in the file of another decade'],
  ])('report %s', (_, facts, problem) => {
    const problems = problemsOf(film(facts));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('name the file and the film', () => {
    expect(problemsOf(film({ popularity: 2 }))[0]).toMatch(
      /^1990s\.json: The Long Night \(1999\): popularity/u,
    );
  });

  it('leave single words of a title or name alone, since they may be meant as words', () => {
    expect(
      problemsOf(film({ title: 'Alien', cast: ['Sting'], overview: `${SIXTY_WORDS} alien sting` })),
    ).toEqual([]);
  });

  it('find a film that is there twice under another title', () => {
    const twice = [film({ original: 'La Longue Nuit' }), film({ title: 'La longue nuit' })];
    expect(problemsOf(...twice)[0]).toContain('are they one film?');
    expect(problemsOf(film({ ids: { tmdb: 7 } }), film({ title: 'B', ids: { tmdb: 7 } }))[0]).toContain(
      'one film?',
    );
    expect(
      problemsOf(film({ ids: { tmdb: 7 } }), film({ title: 'B', kind: 'show', ids: { tmdb: 7 } })),
    ).toEqual([]);
  });

  it('want films in the order of their years', () => {
    expect(problemsOf(film(), film({ title: 'B', year: 1990 }))).toEqual([
      '1990s.json: B (1990) stands after The Long Night (1999): films stand by year',
    ]);
  });

  it('count openings that repeat', () => {
    const opened = (opening: string) => (index: number) =>
      film({ title: `Film ${index} B`, year: 1990, overview: `${opening} ${index} ${SIXTY_WORDS}` });
    const numbers = [...Array(6).keys()];
    expect(problemsOf(...numbers.map(opened('After')))).toEqual(['6 overviews begin with "after"']);
    expect(problemsOf(...numbers.map(opened('One cold morning')))).toEqual([
      '6 overviews begin with "one cold morning"',
    ]);
  });

  it('say what the catalogue falls short of', () => {
    const files = [{ name: '1990s.json', films: [film({ language: 'fr' })] }];
    expect(
      checkStarter(files, { all: WORDS }, { films: 2, 'films not in English': 1, series: 1 }).problems,
    ).toEqual(['films: 1, at least 2 are wanted', 'series: 0, at least 1 are wanted']);
  });

  it('warn of themes that join no two films', () => {
    const files = [{ name: '1990s.json', films: [film({ keywords: WORDS })] }];
    const { warnings } = checkStarter(files, { some: ['heist'], more: ['opera'] }, {});
    expect(warnings).toEqual(['keyword "heist" is used only once', 'keyword "opera" is never used']);
  });
});
