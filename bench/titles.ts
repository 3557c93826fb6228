/**
 * How well typed titles are understood at 301,412 titles, and how fast.
 *
 *   node bench/titles.ts [--half tuning] [--count 300] [--misses] [--rivals 40]
 *
 * Queries are made from the titles themselves, drawn by votes, by the rules in `titles/queries.ts`, with a fixed seed;
 * even ones were used for tuning, odd ones are held back. `--rivals` is how many queries of each kind MiniSearch gets;
 * Fuse.js alone gets a tenth of that, since it takes seconds for each. Needs `../shared/data`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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
import { fuseAlone, miniSearch } from './titles/rivals.ts';
import { Stopwatch } from './titles/timing.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    half: { type: 'string', default: 'held-back' },
    count: { type: 'string', default: '300' },
    rivals: { type: 'string', default: '40' },
    misses: { type: 'boolean', default: false },
  },
});
const films = readFilms(`${values.data}/catalogue-large.jsonl.gz`);
const misspellings = `${values.data}/typos/spell-errors.txt.gz`;
const made = makeQueries(films, new Namesakes(films), Number(values.count), misspellings);
const queries = values.half === 'tuning' ? made.tuning : made.heldBack;
const directory = mkdtempSync(join(tmpdir(), 'bench-titles-'));
console.log(
  `${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; ${films.length} titles; ${values.half}`,
);
try {
  const titles = await openedTwice(catalogueOf(films), join(directory, 'titles.index'));
  const tallies = await quality(titles, queries);
  await speed(titles, films, queries);
  await tradeOff(join(directory, 'titles.index'), queries);
  await beside(titles, films, queries, Number(values.rivals));
  if (values.misses)
    for (const tally of tallies) console.log([`\n## ${tally.kind}`, ...tally.misses].join('\n  '));
  await titles.close();
} finally {
  rmSync(directory, { recursive: true });
}

/** Builds the index, then loads it from its file, as a second start does. */
async function openedTwice(catalogue: Catalogue, file: string): Promise<OpenTitles> {
  let start = performance.now();
  await (await openTitles({ catalogue, file })).close();
  console.log(`\nbuild and save: ${seconds(start)}`);
  globalThis.gc?.();
  const before = process.memoryUsage();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  start = performance.now();
  const titles = await openTitles({ catalogue, file });
  console.log(`load: ${seconds(start)}, event loop held ${(delay.max / 1e6).toFixed(0)} ms at most`);
  delay.disable();
  globalThis.gc?.();
  const after = process.memoryUsage();
  const used = after.arrayBuffers - before.arrayBuffers + after.heapUsed - before.heapUsed;
  console.log(`memory: ${(used / 1e6).toFixed(0)} MB`);
  return titles;
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
  count: number,
): Promise<void> {
  const groups = [
    ...Map.groupBy(
      asked.filter((query) => query.film),
      (query) => query.kind,
    ).values(),
  ];
  const sample = groups.flatMap((group) => group.slice(0, count));
  const small = groups.flatMap((group) => group.slice(0, Math.ceil(count / 10)));
  const rows: Tally[] = [];
  const add = async (name: string, engine: Engine, chosen: readonly TypedQuery[]) => {
    const watch = new Stopwatch();
    const tallies = await measure((text) => watch.time(() => engine(text)), chosen);
    rows.push(totalOf(tallies, name));
    console.log(`${name}: ${watch}`);
  };
  console.log('');
  await add('ours', engineOf(titles), sample);
  await add('MiniSearch', miniSearch(all), sample);
  await add('ours, fewer queries', engineOf(titles), small);
  await add('Fuse.js alone, fewer queries', fuseAlone(all), small);
  console.log(`\n${tableOf(rows)}`);
}

function seconds(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(2)} s`;
}
