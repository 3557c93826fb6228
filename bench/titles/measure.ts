import { normalise } from '../../src/titles/normalise.ts';
import type { Resolution, Titles } from '../../src/titles/titles.ts';
import type { TypedQuery } from './queries.ts';

/** What an engine answers to one query: the numbers of the movies it offers, best first. */
export interface Answer {
  readonly outcome: 'match' | 'choose' | 'none';
  readonly numbers: readonly number[];
  /** The title of the first, as stored. */
  readonly title?: string;
}

export type Engine = (text: string) => Answer | Promise<Answer>;

/** Counts over the queries of one kind. */
export interface Tally {
  readonly kind: string;
  readonly count: number;
  readonly first: number;
  readonly five: number;
  /** One movie taken without asking, and the wrong one. */
  readonly wrongMatch: number;
  /** Asked although the first was meant and nothing else is called so. */
  readonly needlessAsk: number;
  /** Nothing found, though it is there. */
  readonly none: number;
  readonly misses: readonly string[];
}

export function engineOf(titles: Titles): Engine {
  return async (text) => answerOf(await titles.resolve(text));
}

export function answerOf(found: Resolution): Answer {
  switch (found.outcome) {
    case 'match':
      return answer('match', [found.best, ...found.others]);
    case 'choose':
      return answer('choose', found.candidates);
    case 'none':
      return answer('none', found.nearest);
  }
}

function answer(
  outcome: Answer['outcome'],
  candidates: readonly { number: number; title: string }[],
): Answer {
  const [first] = candidates;
  return { outcome, numbers: candidates.map((each) => each.number), ...(first && { title: first.title }) };
}

/** Asks an engine every query. For a query that means nothing, `first` and `five` count the answer "none". */
export async function measure(engine: Engine, queries: readonly TypedQuery[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const [kind, group] of Map.groupBy(queries, (query) => query.kind)) {
    const tally = {
      kind,
      count: group.length,
      first: 0,
      five: 0,
      wrongMatch: 0,
      needlessAsk: 0,
      none: 0,
      misses: [] as string[],
    };
    for (const query of group) judge(query, await engine(query.text), tally);
    tallies.push(tally);
  }
  return tallies;
}

type Open = { -readonly [Key in keyof Tally]: Tally[Key] } & { misses: string[] };

function judge(query: TypedQuery, answer: Answer, tally: Open): void {
  const { outcome, numbers } = answer;
  if (!query.film) {
    const right = outcome === 'none' ? 1 : 0;
    tally.first += right;
    tally.five += right;
    tally.wrongMatch += outcome === 'match' ? 1 : 0;
    tally.needlessAsk += outcome === 'choose' ? 1 : 0;
    if (!right) tally.misses.push(`${query.text} → ${outcome} ${answer.title}`);
    return;
  }
  const place = numbers.indexOf(query.film.number);
  // Two records of one movie (same title and year) are the same answer.
  const twin = place !== 0 && answer.title !== undefined && normalise(answer.title) === normalise(query.text);
  tally.first += place === 0 ? 1 : 0;
  tally.five += place >= 0 && place < 5 ? 1 : 0;
  tally.wrongMatch += outcome === 'match' && place !== 0 ? 1 : 0;
  tally.needlessAsk += outcome === 'choose' && place === 0 && !query.ambiguous ? 1 : 0;
  tally.none += outcome === 'none' ? 1 : 0;
  if (place !== 0 || outcome === 'none')
    tally.misses.push(
      `${query.text} → ${outcome} ${answer.title ?? ''}${twin ? ' (of that name)' : ''}; meant ${query.film.titles[0]} (${query.film.year}), place ${place}`,
    );
  else if (outcome === 'choose' && !query.ambiguous)
    tally.misses.push(`(asked) ${query.text} → ${answer.title}`);
}

export function totalOf(tallies: readonly Tally[], kind = 'all'): Tally {
  const sum = (value: (tally: Tally) => number) => tallies.reduce((total, tally) => total + value(tally), 0);
  return {
    kind,
    count: sum((tally) => tally.count),
    first: sum((tally) => tally.first),
    five: sum((tally) => tally.five),
    wrongMatch: sum((tally) => tally.wrongMatch),
    needlessAsk: sum((tally) => tally.needlessAsk),
    none: sum((tally) => tally.none),
    misses: [],
  };
}

/** A Markdown table, shares to three digits. */
export function tableOf(tallies: readonly Tally[]): string {
  const share = (value: number, of: number) => (value / Math.max(1, of)).toFixed(3);
  const rows = tallies.map((tally) =>
    [
      tally.kind.padEnd(34),
      String(tally.count).padStart(5),
      ...[tally.first, tally.five, tally.wrongMatch, tally.needlessAsk, tally.none].map((value) =>
        share(value, tally.count),
      ),
    ].join(' | '),
  );
  const head = 'kind of query | queries | first | five | wrong match | needless ask | none';
  return [`| ${head} |`, `|---|--:|--:|--:|--:|--:|--:|`, ...rows.map((row) => `| ${row} |`)].join('\n');
}
