import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { sqlForgetting } from '../../src/people/forgetting.ts';
import { LINK_LIFE, sqlUploadLinks } from '../../src/people/upload-links.ts';

async function aStore() {
  const database = await openDatabase(':memory:');
  onTestFinished(() => database.close());
  return { links: sqlUploadLinks(database.db), db: database.db };
}

describe('a one-time link', () => {
  it('is good once, for one account, for fifteen minutes', async () => {
    const { links } = await aStore();
    const token = await links.create('telegram:1', 0);
    expect(token).toMatch(/^[\w-]{22}$/u);
    expect(await links.isGood(token, LINK_LIFE - 1)).toBe(true);
    expect(await links.isGood(token, LINK_LIFE)).toBe(false);
    expect(await links.redeem(token, LINK_LIFE)).toBeUndefined();
    const both = await Promise.all([links.redeem(token, 1), links.redeem(token, 1)]);
    expect(both.filter(Boolean)).toMatchObject([{ owner: 'telegram:1' }]);
    expect(await links.isGood(token, 1)).toBe(false);
  });

  it('is good again where what it was used for did not work, and for no longer than before', async () => {
    const { links } = await aStore();
    const token = await links.create('telegram:1', 0);
    await links.redeem(token, 1);
    await links.giveBack(token);
    expect(await links.isGood(token, LINK_LIFE)).toBe(false);
    expect(await links.redeem(token, 2)).toMatchObject({ owner: 'telegram:1' });
  });

  it('is no longer good, where what it was used for did not work, once there is a next one', async () => {
    const { links } = await aStore();
    const token = await links.create('telegram:1', 0);
    await links.redeem(token, 1);
    const next = await links.create('telegram:1', 2);
    await links.giveBack(token);
    expect([await links.isGood(token, 3), await links.isGood(next, 3)]).toEqual([false, true]);
  });

  it('ends with the next one, and with forgetting', async () => {
    const { links, db } = await aStore();
    const [first, other] = [await links.create('telegram:1', 0), await links.create('telegram:2', 0)];
    const second = await links.create('telegram:1', 1);
    expect(await Promise.all([first, second, other].map((each) => links.isGood(each, 2)))).toEqual([
      false,
      true,
      true,
    ]);
    await sqlForgetting(db).forget('telegram:1');
    expect(await links.isGood(second, 2)).toBe(false);
  });

  it('does not come back once its account is forgotten, though it was in use just then', async () => {
    const { links, db } = await aStore();
    const token = await links.create('telegram:1', 0);
    await links.redeem(token, 1);
    await sqlForgetting(db).forget('telegram:1');
    await links.giveBack(token);
    expect(await links.isGood(token, 2)).toBe(false);
    expect(await db.selectFrom('upload_link').selectAll().execute()).toEqual([]);
  });

  it('names nobody any more once its time is over, used or not', async () => {
    const { links, db } = await aStore();
    await links.redeem(await links.create('telegram:1', 0), 1);
    await links.create('telegram:2', 0);
    await links.create('telegram:3', 1);
    await links.deleteEnded(LINK_LIFE);
    const left = await db.selectFrom('upload_link').select('owner').execute();
    expect(left).toEqual([{ owner: 'telegram:3' }]);
  });

  it('is kept as a hash only', async () => {
    const { links, db } = await aStore();
    const token = await links.create('telegram:1', 0);
    const rows = await db.selectFrom('upload_link').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
