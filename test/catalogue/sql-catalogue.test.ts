import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { SqlCatalogue } from '../../src/catalogue/sql/sql-catalogue.ts';
import { catalogueContract } from '../contracts/catalogue.ts';

catalogueContract('SQLite', async () => {
  const database = await openDatabase(':memory:');
  return { catalogue: new SqlCatalogue(database), close: () => database.close() };
});
