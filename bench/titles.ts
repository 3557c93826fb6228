/**
 * How well typed titles are understood at 301,412 titles, and how fast.
 *
 *   node bench/titles.ts [--half tuning] [--count 300] [--misses] [--rivals 8]
 *
 * Two sets of queries, each of which has a half that was looked at while the rules were made (`--half tuning`) and one
 * that is held back: those made from the titles themselves, drawn by votes, by the rules in `titles/queries.ts`; and
 * those written by hand as people type them (`titles/real-style.json`). `--rivals` is how many made queries of each
 * kind MiniSearch gets; Fuse.js alone, which takes seconds for each, gets an eighth of that, and an eighth of the
 * written ones; `--rivals 0` leaves both out, which takes a minute instead of five. Needs `../shared/data`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Catalogue } from '../src/catalogue/catalogue.ts';
import { THRESHOLDS } from '../src/titles/decide.ts';
import { loadIndex } from '../src/titles/index-file.ts';
import { type OpenTitles, openTitles } from '../src/titles/open.ts';
import { PackedShelf } from '../src/titles/packed-shelf.ts';
import { resolveWords } from '../src/titles/resolver.ts';
import { stockOf } from '../src/titles/stock.ts';
import { catalogueOf, type Film, Namesakes, readFilms } from './titles/corpus.ts';
import { answerOf, type Engine, engineOf, measure, type Tally, tableOf, totalOf } from './titles/measure.ts';
import { makeQueries, type TypedQuery } from './titles/queries.ts';
import { realStyle } from './titles/real-style.ts';
import { fuseAlone, miniSearch } from './titles/rivals.ts';
import type { SecondStart } from './titles/second-start.ts';
import { Stopwatch } from './titles/timing.ts';

const STARTS = 5;
/** Fuse.js gets one in so many of MiniSearch's queries. */
const FEWER = 8;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    half: { type: 'string', default: 'held-back' },
    count: { type: 'string', default: '300' },
    rivals: { type: 'string', default: '8' },
    misses: { type: 'boolean', default: false },
  },
});
const films = readFilms(`${values.data}/catalogue-large.jsonl.gz`);
const misspellings = `${values.data}/typos/spell-errors.txt.gz`;
const namesakes = new Namesakes(films);
const half = values.half === 'tuning' ? 'tuning' : 'heldBack';
const queries = makeQueries(films, namesakes, Number(values.count), misspellings)[half];
const real = realStyle(namesakes);
const written = real[half];
const directory = mkdtempSync(join(tmpdir(), 'bench-titles-'));
console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; ${films.length} titles; ${values.half}`,
);
try {
  const titles = await opened(catalogueOf(films), join(directory, 'titles.index'));
  secondStarts(join(directory, 'titles.index'));
  console.log('\n### Made queries');
  const tallies = await quality(titles, queries);
  console.log(`\n### Queries as people type them (${real.leftOut} mean what is not in this catalogue)`);
  tallies.push(...(await quality(titles, written)));
  await speed(titles, films, queries);
  await tradeOff(join(directory, 'titles.index'), queries);
  if (values.rivals !== '0') await beside(titles, films, queries, written, Number(values.rivals));
  if (values.misses)
    for (const tally of tallies) console.log([`\n## ${tally.kind}`, ...tally.misses].join('\n  '));
  await titles.close();
} finally {
  rmSync(directory, { recursive: true });
}

/** Builds the index and saves it. */
async function opened(catalogue: Catalogue, file: string): Promise<OpenTitles> {
  const start = performance.now();
  const titles = await openTitles({ catalogue, file });
  console.log(`\nbuild and save: ${((performance.now() - start) / 1000).toFixed(2)} s`);
  return titles;
}

/** Loads the index from its file in processes of their own; the median of each figure. */
function secondStarts(file: string): void {
  const script = join(import.meta.dirname, 'titles/second-start.ts');
  const starts = Array.from(
    { length: STARTS },
    () => JSON.parse(execFileSync(process.execPath, [script, file], { encoding: 'utf8' })) as SecondStart,
  );
  const median = (figure: keyof SecondStart) =>
    starts
      .map((start) => start[figure])
      .sort((a, b) => a - b)
      [STARTS >> 1]!.toFixed(0);
  console.log(
    `load: ${median('load')} ms, event loop held ${median('held')} ms at most; memory: ${median('memory')} MB`,
  );
}

async function quality(titles: OpenTitles, asked: readonly TypedQuery[]): Promise<Tally[]> {
  const tallies = await measure(engineOf(titles), asked);
  console.log(`\n${tableOf([...tallies, totalOf(tallies)])}`);
  return tallies;
}

async function speed(titles: OpenTitles, all: readonly Film[], asked: readonly TypedQuery[]): Promise<void> {
  const [resolving, completing, adding] = [new Stopwatch(), new Stopwatch(), new Stopwatch()];
  for (const { text } of asked) {
    await resolving.time(() => titles.resolve(text));
    const typed = text.slice(0, Math.max(2, Math.ceil(text.length / 2)));
    await completing.time(() => titles.complete(typed, 25));
  }
  for (let index = 0; index < 200; index++) {
    const row = {
      ...all[index]!,
      number: all.length + 1 + index,
      id: `new${index}`,
      titles: [`A New Title ${index}`],
    };
    await adding.time(() => titles.apply({ revision: 2 + index, titles: [row], gone: [], described: [] }));
  }
  console.log(`\nresolve: ${resolving}\ncomplete: ${completing}\nadd one title: ${adding}`);
}

/** What the share of the likelihood at which a movie is taken without asking costs in wrong matches and questions. */
async function tradeOff(file: string, asked: readonly TypedQuery[]): Promise<void> {
  const stock = await stockOf(new PackedShelf((await loadIndex(file))!.packed));
  const rows: Tally[] = [];
  for (const match of [0.5, 0.6, THRESHOLDS.match, 0.75, 0.85, 0.95]) {
    const engine = (text: string) => answerOf(resolveWords([stock], text, {}, { ...THRESHOLDS, match }));
    rows.push(totalOf(await measure(engine, asked), `taken from ${match} on`));
  }
  console.log(`\n${tableOf(rows)}`);
}

/** The same queries in the same run. Queries that mean nothing are left out: the others cannot say so. */
async function beside(
  titles: OpenTitles,
  all: readonly Film[],
  asked: readonly TypedQuery[],
  byHand: readonly TypedQuery[],
  count: number,
): Promise<void> {
  const [ours, mini, fuse] = [engineOf(titles), miniSearch(all), fuseAlone(all)];
  const every = (list: readonly TypedQuery[], step: number) => list.filter((_, index) => index % step === 0);
  const meaning = asked.filter((query) => query.film);
  const sample = [...Map.groupBy(meaning, (query) => query.kind).values()].flatMap((group) =>
    group.slice(0, count),
  );
  const real = byHand.filter((query) => query.film);
  const rows: Tally[] = [];
  const add = async (name: string, engine: Engine, chosen: readonly TypedQuery[]) => {
    const watch = new Stopwatch();
    const tallies = await measure((text) => watch.time(() => engine(text)), chosen);
    rows.push(totalOf(tallies, name));
    console.log(`${name}: ${watch}`);
  };
  console.log('');
  for (const [of, list] of [
    ['made', sample],
    ['as typed', real],
  ] as const) {
    await add(`${of}: ours`, ours, list);
    await add(`${of}: MiniSearch`, mini, list);
    await add(`${of}, fewer: ours`, ours, every(list, FEWER));
    await add(`${of}, fewer: Fuse.js alone`, fuse, every(list, FEWER));
  }
  console.log(`\n${tableOf(rows)}`);
}
