import type { Catalogue, Changes, TitleRow } from '../../src/catalogue/catalogue.ts';
import { PackedShelf } from '../../src/titles/packed-shelf.ts';
import { Packer } from '../../src/titles/packer.ts';
import { Resolver } from '../../src/titles/resolver.ts';
import { stockOf } from '../../src/titles/stock.ts';
import type { Resolution } from '../../src/titles/titles.ts';
import { TITLES } from '../fixtures/titles.ts';

/** A resolver over rows, without a file or a catalogue. Outside ids are those of `outside`, e.g. `imdb tt1375666`. */
export async function resolverOn(
  rows: readonly TitleRow[] = TITLES,
  outside: Readonly<Record<string, number>> = {},
): Promise<Resolver> {
  const packer = new Packer();
  packer.add(rows);
  const stock = await stockOf(new PackedShelf(packer.pack()));
  const found = (number: number | undefined) => {
    const row = rows.find((each) => each.number === number);
    return row && { id: row.id, number: row.number, score: 1, title: row.titles[0]!, kind: row.kind };
  };
  return new Resolver({
    stocks: () => [stock],
    byNumber: async (number) => found(number),
    byOutsideId: async (source, value, kind) =>
      found(outside[[source, kind, value].filter(Boolean).join(' ')]),
  });
}

/** "match Inception 2010", "choose The Thing 1982, The Thing 2011", "none". */
export function told(resolution: Resolution): string {
  const name = ({ title, year }: { title: string; year?: number }) =>
    year === undefined ? title : `${title} ${year}`;
  switch (resolution.outcome) {
    case 'match':
      return `match ${name(resolution.best)}`;
    case 'choose':
      return `choose ${resolution.candidates.map(name).join(', ')}`;
    case 'none':
      return 'none';
  }
}

/** What a catalogue wrote. */
export function changes(written: Partial<Changes>): Changes {
  return { revision: 2, titles: [], gone: [], described: [], ...written };
}

/** A catalogue in memory: rows, and what was written later, one revision a change. */
let catalogues = 0;

export class FakeCatalogue {
  readonly id = ++catalogues;
  readonly rows = new Map<number, { row: TitleRow; revision: number; gone: boolean }>();
  revision = 1;
  reads = 0;

  constructor(rows: readonly TitleRow[] = TITLES) {
    for (const row of rows) this.rows.set(row.number, { row, revision: 1, gone: false });
  }

  write(row: TitleRow, gone = false): void {
    this.rows.set(row.number, { row, revision: ++this.revision, gone });
  }

  get catalogue(): Catalogue {
    const living = () => [...this.rows.values()].filter((each) => !each.gone).map((each) => each.row);
    const movie = (row: TitleRow | undefined) => row && { ...row, title: row.titles[0] };
    const fake = this;
    return {
      async *titles() {
        fake.reads++;
        const rows = living();
        for (let at = 0; at < rows.length; at += 500) yield rows.slice(at, at + 500);
      },
      catalogueId: async () => this.id,
      revision: async () => this.revision,
      changesSince: async (revision: number, limit: number): Promise<Changes> => {
        const changed = [...this.rows.values()]
          .filter((each) => each.revision > revision)
          .sort((a, b) => a.revision - b.revision)
          .slice(0, limit);
        const upTo = changed.length < limit ? this.revision : changed.at(-1)!.revision;
        return {
          revision: Math.max(revision, upTo),
          titles: changed.filter((each) => !each.gone).map((each) => each.row),
          gone: changed.filter((each) => each.gone).map(({ row }) => ({ id: row.id, number: row.number })),
          described: [],
        };
      },
      byNumber: async (numbers: readonly number[]) =>
        new Map(
          numbers.flatMap((number) =>
            this.rows.has(number) ? [[number, movie(this.rows.get(number)?.row)]] : [],
          ),
        ),
      byOutsideId: async (_source: string, value: string) => movie(living().find((row) => row.id === value)),
    } as unknown as Catalogue;
  }
}
