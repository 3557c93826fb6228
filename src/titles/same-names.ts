import type { TitleRow } from '../catalogue/catalogue.ts';
import { foldName, movieOf, rankOf } from './named.ts';
import type { Shelf } from './shelf.ts';

/** Where a row's movie stands on a shelf that says of it what the row does, its fame aside. */
export function placeOfSame(shelf: Shelf, row: TitleRow): number | undefined {
  const place = shelf.withNumber(row.number);
  if (place === undefined) return undefined;
  const [shown, told] = [shelf.movie(place), movieOf(row)];
  const same =
    shown.id === told.id &&
    shown.kind === told.kind &&
    shown.adult === told.adult &&
    shown.year === told.year &&
    shown.franchise === told.franchise;
  return same && hasNames(shelf, place, row.titles) ? place : undefined;
}

/** Names stand on a shelf in the order of the titles, without those that differ from an earlier one by dress alone. */
function hasNames(shelf: Shelf, place: number, titles: readonly string[]): boolean {
  const [from, to] = shelf.namesOf(place);
  let name = from;
  for (const [index, title] of titles.entries()) {
    if (name < to && shelf.title(name) === title && shelf.rank(name) === rankOf(index)) name++;
    else if (!repeats(shelf, from, name, title)) return false;
  }
  return name === to;
}

function repeats(shelf: Shelf, from: number, to: number, title: string): boolean {
  const words = foldName(title).join(' ');
  if (words === '') return true;
  for (let name = from; name < to; name++) if (shelf.words(name) === words) return true;
  return false;
}
