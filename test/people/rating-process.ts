/**
 * Another process that rates: `node rating-process.ts FILE once|"for ever" FROM STARS`. A test starts it; it is no
 * test itself.
 */
import { openDatabase } from '../../src/catalogue/sql/open.ts';
import { sqlOpinions } from '../../src/people/sql-opinions.ts';

const [file, how, from, stars] = process.argv.slice(2);
const database = await openDatabase(file!);
const opinions = sqlOpinions(database.db);
const rate = (movie: number, at: number) =>
  opinions.put('a:1', { movie, stars: Number(stars), seen: true, dismissed: false, at });

if (how === 'once') {
  for (let movie = Number(from); movie < Number(from) + 30; movie++) await rate(movie, movie);
} else {
  for (let at = 1; ; at++) {
    await rate(1 + (at % 50), at);
    process.stdout.write(`${at}\n`);
  }
}
await database.close();
