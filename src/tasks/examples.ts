import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { type Core, openCore } from '../core.ts';
import { reasonMessage } from '../messages/reason-words.ts';
import { Wording } from '../messages/wording.ts';
import { DOCS } from '../paths.ts';
import { DONE, expectNoArguments, FAILED, type Task } from './task.ts';

/** Chosen before the lists were looked at: many kinds, countries and decades. */
const SEEDS = [
  'Sherlock Jr. (1924)',
  'Metropolis (1927)',
  'M (1931)',
  'King Kong (1933)',
  'Modern Times (1936)',
  'Snow White and the Seven Dwarfs (1937)',
  'Casablanca (1942)',
  'Double Indemnity (1944)',
  'Bicycle Thieves (1948)',
  'Sunset Boulevard (1950)',
  'Singin’ in the Rain (1952)',
  'Tokyo Story (1953)',
  'Seven Samurai (1954)',
  'Rear Window (1954)',
  '12 Angry Men (1957)',
  'The Seventh Seal (1957)',
  'The 400 Blows (1959)',
  'Psycho (1960)',
  'Lawrence of Arabia (1962)',
  '8½ (1963)',
  'The Good, the Bad and the Ugly (1966)',
  '2001: A Space Odyssey (1968)',
  'The Godfather (1972)',
  'Solaris (1972)',
  'Jaws (1975)',
  'Taxi Driver (1976)',
  'Annie Hall (1977)',
  'Alien (1979)',
  'The Shining (1980)',
  'Raiders of the Lost Ark (1981)',
  'This Is Spinal Tap (1984)',
  'Come and See (1985)',
  'My Neighbor Totoro (1988)',
  'When Harry Met Sally... (1989)',
  'Goodfellas (1990)',
  'Groundhog Day (1993)',
  'Schindler’s List (1993)',
  'Toy Story (1995)',
  'Before Sunrise (1995)',
  'Trainspotting (1996)',
  'Children of Heaven (1997)',
  'The Big Lebowski (1998)',
  'The Matrix (1999)',
  'In the Mood for Love (2000)',
  'Spirited Away (2001)',
  'Amélie (2001)',
  'City of God (2002)',
  'Oldboy (2003)',
  'Eternal Sunshine of the Spotless Mind (2004)',
  'Pan’s Labyrinth (2006)',
  'The Lives of Others (2006)',
  '3 Idiots (2009)',
  'Inception (2010)',
  'A Separation (2011)',
  'The Act of Killing (2012)',
  'The Grand Budapest Hotel (2014)',
  'Mad Max: Fury Road (2015)',
  'Get Out (2017)',
  'Parasite (2019)',
  'Breaking Bad (2008)',
];

const SHOWN = 10;

/** Writes `docs/examples.md`: the first ten answers for sixty films of the starter catalogue, as they are today. */
export const examples: Task = async ({ args, log, say }) => {
  expectNoArguments('examples', args);
  const folder = await mkdtemp(join(tmpdir(), 'kindred-examples-'));
  const core = await openCore({ config: readConfig({ DATA_DIR: folder }), log });
  try {
    const sections: string[] = [];
    const missing: string[] = [];
    for (const title of SEEDS) {
      const section = await sectionFor(core, title);
      if (section) sections.push(section);
      else missing.push(title);
    }
    await writeFile(join(DOCS, 'examples.md'), `${HEADING}\n${sections.join('\n')}`);
    say(`docs/examples.md holds ${sections.length} lists.`);
    for (const title of missing) say(`not found, or not clear: ${title}`);
    return missing.length === 0 ? DONE : FAILED;
  } finally {
    await core.close();
    await rm(folder, { recursive: true });
  }
};

const HEADING = `# Examples

The first ten answers for sixty films of the starter catalogue, made by \`npm run examples\`: a change of the texts, the
vectors or the ranking shows here what it does to the lists.
`;

async function sectionFor(
  { titles, catalogue, recommender }: Core,
  title: string,
): Promise<string | undefined> {
  const found = await titles.resolve(title);
  if (found.outcome !== 'match') return undefined;
  const seed = (await catalogue.get([found.best.id])).get(found.best.id);
  if (!seed) return undefined;
  const words = new Wording('en');
  const { items } = await recommender.similar({ seeds: [seed], filters: {}, page: 1, pageSize: SHOWN });
  const lines = items.map(({ rank, movie, score, reasons }) => {
    const why = reasons.map((reason) => words.text(reasonMessage(reason))).join(' · ');
    return `${rank}. **${movie.title}** (${movie.year}) ${Math.round(score * 100)} %: ${why}`;
  });
  return `## ${seed.title} (${seed.year})\n\n${lines.join('\n')}\n`;
}
