import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeriesFinder } from '../../src/recommender/series.ts';
import type { SeriesMember } from '../../src/recommender/series-evidence.ts';
import { stemsOf } from '../../src/recommender/series-title.ts';
import { Vocabulary } from '../../src/recommender/vocabulary.ts';

const people = new Vocabulary();
const newFinder = () => new SeriesFinder((person) => people.name(person));

type Film = readonly [title: string, year: number, cast: string, more?: Partial<SeriesMember>];

function member([title, year, cast, more]: Film): SeriesMember {
  return {
    id: `${title} ${year}`,
    kind: 'movie',
    title,
    year,
    directors: [],
    cast: cast
      .split(', ')
      .filter(Boolean)
      .map((name) => people.intern(name)),
    sequel: false,
    popularity: 0.5,
    franchise: undefined,
    ...more,
  };
}

/** Series as `name: titles`, each once, sorted. */
function seriesOf(films: readonly Film[]): string[] {
  const finder = newFinder();
  const members = films.map(member);
  for (const each of members) finder.put(each);
  return describeAll(finder, members);
}

function describeAll(finder: SeriesFinder, members: readonly SeriesMember[]): string[] {
  const found = members.flatMap(({ id }) => {
    const series = finder.of(id);
    return series ? [`${series.name}: ${[...series.members].sort().join(' | ')}`] : [];
  });
  return [...new Set(found)].sort();
}

describe('stems of titles', () => {
  it.each([
    ['Die Hard', 'die hard', 'whole', undefined],
    ['Die Hard 2', 'die hard', 'numbered', 2],
    ['Rocky IV', 'rocky', 'numbered', 4],
    ['The Godfather: Part II', 'godfather', 'numbered', 2],
    ['A Quiet Place Part II', 'quiet place', 'numbered', 2],
    ['It Chapter Two', 'it', 'numbered', 2],
    ['Alien³', 'alien', 'numbered', 3],
    ['Jaws 3-D', 'jaws', 'numbered', 3],
    ['Step Up 3D', 'step up', 'numbered', 3],
    ['Hellboy II: The Golden Army', 'hellboy', 'numbered', 2],
    ['Open Season 2', 'open season', 'numbered', 2],
    ['Mission: Impossible – Fallout', 'mission', 'before a subtitle', undefined],
    ['TRON: Legacy', 'tron', 'before a subtitle', undefined],
    ['Blade Runner 2049', 'blade runner 2049', 'whole', undefined],
    ['Seven', 'seven', 'whole', undefined],
  ])('%s → %s, %s, %s', (title, key, form, number) => {
    const [stem] = stemsOf(title);
    expect([stem?.key, stem?.form, stem?.number]).toEqual([key, form, number]);
  });

  it('finds the hero before "and the"', () => {
    expect(stemsOf('Indiana Jones and the Last Crusade').map(({ name }) => name)).toContain('Indiana Jones');
  });
});

describe('series', () => {
  it('are found by number, subtitle and beginning where people are shared', () => {
    const willis = 'Bruce Willis, Bonnie Bedelia';
    expect(
      seriesOf([
        ['Die Hard', 1988, willis],
        ['Die Hard 2', 1990, willis],
        ['Die Hard: With a Vengeance', 1995, 'Bruce Willis, Jeremy Irons'],
        [
          'Live Free or Die Hard',
          2007,
          'Bruce Willis, Justin Long',
          { sequel: true, directors: [people.intern('A')] },
        ],
        ['Death Becomes Her', 1992, 'Bruce Willis, Meryl Streep'],
      ]),
    ).toEqual([
      'Die Hard: Die Hard 1988 | Die Hard 2 1990 | Die Hard: With a Vengeance 1995 | Live Free or Die Hard 2007',
    ]);
  });

  it('are called by what the titles begin with where no title is only that', () => {
    const cast = 'Matt Damon, Julia Stiles, Franka Potente';
    expect(
      seriesOf([
        ['The Bourne Identity', 2002, cast],
        ['The Bourne Supremacy', 2004, cast],
      ]),
    ).toEqual(['Bourne: The Bourne Identity 2002 | The Bourne Supremacy 2004']);
  });

  it('are not made of remakes, other cuts and other names of one film', () => {
    const cast = 'A B, C D, E F';
    expect(
      seriesOf([
        ['The Thing', 1982, cast],
        ['The Thing', 2011, cast],
        ["Daredevil (Director's Cut)", 2004, cast],
        ['Daredevil', 2003, cast],
        ['The Raid', 2011, cast],
        ['The Raid: Redemption', 2012, cast],
      ]),
    ).toEqual([]);
  });

  it('are not made of films that only share words', () => {
    expect(
      seriesOf([
        ['American Beauty', 1999, 'Kevin Spacey, Annette Bening'],
        ['American Gangster', 2007, 'Denzel Washington, Russell Crowe'],
        ['Speed', 1994, 'Keanu Reeves, Sandra Bullock, Dennis Hopper'],
        ['Speed 2', 1936, 'James Stewart, Wendy Barrie, Una Merkel'],
      ]),
    ).toEqual([]);
  });

  it('are not named after who performs', () => {
    expect(
      seriesOf([
        ['Bill Burr: Let It Go', 2010, 'Bill Burr', { directors: [people.intern('X')] }],
        ['Bill Burr: Paper Tiger', 2019, 'Bill Burr', { directors: [people.intern('X')] }],
      ]),
    ).toEqual([]);
  });

  it('follow the catalogue where it knows, and take in what belongs to them', () => {
    const cast = 'Sean Connery, Lois Maxwell';
    expect(
      seriesOf([
        ['Rocky', 1976, cast, { franchise: 'Rocky Balboa' }],
        ['Rocky II', 1979, cast],
        ['Rocky III', 1982, cast],
        ['Rocky IV', 1985, cast, { franchise: 'Something Else' }],
        ['Rocky Balboa', 2006, 'Burt Young', { franchise: 'Rocky Balboa' }],
      ]),
    ).toEqual([
      'Rocky Balboa: Rocky 1976 | Rocky II 1979 | Rocky III 1982',
      'Rocky Balboa: Rocky Balboa 2006',
      'Something Else: Rocky IV 1985',
    ]);
  });

  it('are the same in whatever order the movies come', () => {
    const films: Film[] = [
      ['Tremors', 1990, 'Kevin Bacon, Fred Ward, Finn Carter'],
      ['Tremors 2: Aftershocks', 1996, 'Fred Ward, Helen Shaver'],
      ['Tremors 3: Back to Perfection', 2001, 'Michael Gross, Fred Ward'],
      ['The Bourne Identity', 2002, 'Matt Damon, Julia Stiles, Franka Potente'],
      ['The Bourne Supremacy', 2004, 'Matt Damon, Julia Stiles, Franka Potente'],
      ['Bambi', 1942, ''],
    ];
    const expected = seriesOf(films);
    expect(expected).toHaveLength(2);
    fc.assert(
      fc.property(fc.shuffledSubarray(films, { minLength: films.length }), (shuffled) => {
        expect(seriesOf(shuffled)).toEqual(expected);
      }),
    );
  });

  it('follow changes: a movie that goes or gets another title leaves its series', () => {
    const finder = newFinder();
    const films = (
      [
        ['Saw', 2004, 'Tobin Bell, Cary Elwes'],
        ['Saw II', 2005, 'Tobin Bell, Cary Elwes'],
        ['Saw III', 2006, 'Tobin Bell, Shawnee Smith', { sequel: true }],
      ] satisfies Film[]
    ).map(member);
    for (const film of films) finder.put(film);
    expect(finder.of('Saw 2004')!.members.size).toBe(3);
    finder.delete('Saw III 2006');
    expect(finder.of('Saw 2004')!.members.size).toBe(2);
    finder.put({ ...films[1]!, title: 'Another Film' });
    expect(finder.of('Saw 2004')).toBeUndefined();
    expect(finder.of('nobody')).toBeUndefined();
  });

  it('bear any title', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 8 }), (titles) => {
        const finder = newFinder();
        for (const [at, title] of titles.entries())
          finder.put({ ...member([title, 2000 + at, 'A, B, C']), id: String(at) });
        for (const at of titles.keys()) {
          const series = finder.of(String(at));
          if (series) expect(series.members.has(String(at))).toBe(true);
        }
      }),
    );
  });
});
