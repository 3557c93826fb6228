import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { MIGRATIONS, type Schema } from '../../src/catalogue/sql/schema.ts';
import { sqlForgetting } from '../../src/people/forgetting.ts';
import { sqlNights } from '../../src/people/sql-nights.ts';
import { kyselyOn } from '../../src/store/kysely.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

const HOUR = 3_600_000;
const BEGAN = Date.now() - 2 * HOUR;

/** A database as a version left it whose last migration was this one. */
async function aDatabaseOf(last: string, fill: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'kindred.db');
  const sqlite = openSqlite(file);
  const db = kyselyOn<Schema>(sqlite);
  const migrations = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name <= last));
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  sqlite.exec(fill);
  await db.destroy();
  return file;
}

async function opened(file: string) {
  const database = await openDatabase(file);
  onTestFinished(() => database.close());
  return { ...database, nights: sqlNights(database.db), forgetting: sqlForgetting(database.db) };
}

interface Row {
  readonly id: number;
  readonly chat: string;
  readonly starter?: string;
  readonly phase?: string;
  readonly winner?: number;
  readonly began?: number;
  readonly members?: readonly string[];
}

function nightsOf(rows: readonly Row[]): string {
  const text = (value: string | undefined) => (value === undefined ? 'null' : `'${value}'`);
  return rows
    .flatMap(({ id, chat, starter, phase = 'gathering', winner, began = BEGAN, members = [] }) => [
      `insert into night (id, chat, starter, language, adult, filters, hours, phase, proposal, winner, announced, began)
       values (${id}, '${chat}', ${text(starter)}, 'en', 0, '{}', 1, '${phase}', '[]', ${winner ?? 'null'}, 0, ${began})`,
      ...members.map(
        (owner) =>
          `insert into night_member (night, owner, named, wish, joined) values (${id}, '${owner}', 0, '{"filters":{}}', 1)`,
      ),
    ])
    .join(';');
}

const ALONE = 1;
const WITH_BEN = 2;
const TELEGRAM = 3;
const GROUP = 4;
const TELEGRAM_GROUP = 5;
const UNTOLD = 6;
const LONG_OVER = 7;

const OLD = nightsOf([
  { id: ALONE, chat: 'discord:99', starter: 'discord:7', phase: 'voting', members: ['discord:7'] },
  { id: WITH_BEN, chat: 'discord:98', starter: 'discord:8', members: ['discord:8', 'discord:8#2'] },
  { id: TELEGRAM, chat: 'telegram:5', starter: 'telegram:5', members: ['telegram:5'] },
  { id: GROUP, chat: 'discord:1', starter: 'discord:7', members: ['discord:7', 'discord:8'] },
  { id: TELEGRAM_GROUP, chat: 'telegram:-5', starter: 'telegram:5', members: ['telegram:5'] },
  { id: UNTOLD, chat: 'discord:97', phase: 'over', winner: 3 },
  { id: LONG_OVER, chat: 'discord:96', phase: 'over', winner: 3, began: BEGAN - 48 * HOUR },
]);

describe.each(['0009-used-upload-links', '0011-untold-winners', '0012-shared-nights'])(
  'movie nights of a database that was at %s',
  (last) => {
    const database = async () => opened(await aDatabaseOf(last, OLD));

    it('go on, each in its chat', async () => {
      const { nights } = await database();
      for (const [id, chat] of [
        [ALONE, 'discord:99'],
        [WITH_BEN, 'discord:98'],
        [TELEGRAM, 'telegram:5'],
        [GROUP, 'discord:1'],
        [TELEGRAM_GROUP, 'telegram:-5'],
      ] as const)
        expect(await nights.openIn(chat)).toMatchObject({ id, chat });
      expect(await nights.members(GROUP)).toHaveLength(2);
    });

    it('that may be of a private chat are all gone with who is forgotten, those of groups are not', async () => {
      const { nights, forgetting } = await database();
      for (const person of ['discord:7', 'discord:8', 'telegram:5']) await forgetting.forget(person);
      for (const id of [ALONE, WITH_BEN, TELEGRAM]) expect(await nights.get(id)).toBeUndefined();
      for (const id of [GROUP, TELEGRAM_GROUP])
        expect(await nights.get(id)).toMatchObject({ phase: 'gathering' });
      expect(await nights.members(GROUP)).toEqual([]);
    });

    it('that are over name their chat for a day more at most', async () => {
      const { nights } = await database();
      await nights.endStale(Date.now());
      expect(await nights.get(UNTOLD)).toMatchObject({ chat: 'discord:97', winner: 3 });
      expect(await nights.get(LONG_OVER)).toMatchObject({ chat: '' });
      await nights.endStale(BEGAN + 25 * HOUR);
      expect(await nights.get(UNTOLD)).toMatchObject({ chat: '' });
    });
  },
);

it('a movie night that began since its chat is known to be private or not is left as it is', async () => {
  const now = Date.now() + HOUR;
  const since = nightsOf([
    { id: 1, chat: 'discord:1', starter: 'discord:7', began: now, members: ['discord:7'] },
    { id: 2, chat: 'discord:2', phase: 'over', winner: 3, began: now },
  ]);
  const { nights } = await opened(await aDatabaseOf('0012-shared-nights', since));
  expect([(await nights.get(1))?.shared, (await nights.get(2))?.shared]).toEqual([false, false]);
});
