/** Draft. */
import { parseArgs } from 'node:util';
import { openTitles } from '../src/titles/open.ts';
import { catalogueOf, Namesakes, readFilms } from './titles/corpus.ts';
import { engineOf, measure, tableOf, totalOf } from './titles/measure.ts';
import { makeQueries } from './titles/queries.ts';

const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' }, count: { type: 'string', default: '200' }, half: { type: 'string', default: 'held-back' }, misses: { type: 'boolean', default: false } }, strict: false });
const films = readFilms(`${values.data}/catalogue-large.jsonl.gz`);
const { tuning, heldBack } = makeQueries(films, new Namesakes(films), Number(values.count), `${values.data}/typos/spell-errors.txt.gz`);
const titles = await openTitles({ catalogue: catalogueOf(films), file: '/tmp/bench-titles.idx' });
const queries = values.half === 'tuning' ? tuning : heldBack;
const engine = engineOf(titles);
for (const q of queries.slice(0, 500)) await engine(q.text);
const times: number[] = [];
const timed = async (t: string) => { const s = performance.now(); const a = await engine(t); times.push(performance.now() - s); return a; };
const tallies = await measure(timed, queries);
console.log(tableOf([...tallies, totalOf(tallies)]));
times.sort((a, b) => a - b);
console.log('p50', times[times.length >> 1]!.toFixed(2), 'p99', times[Math.floor(times.length * 0.99)]!.toFixed(2), 'max', times.at(-1)!.toFixed(2));
if (values.misses) for (const t of tallies) { console.log('##', t.kind); for (const m of t.misses) console.log('   ', m); }
await titles.close();
