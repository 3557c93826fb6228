import { readFileSync } from 'node:fs';
import { hashOf } from '../../src/titles/grams.ts';
import type { Film, Namesakes } from './corpus.ts';
import { isAmbiguous, type TypedQuery } from './queries.ts';

/** A query of `real-style.json`, by kind: what is typed, and what is meant; no title where it means nothing. */
interface Written {
  readonly typed: string;
  readonly title?: string;
  readonly year?: number;
  /** Asking is right, though no namesake says so. */
  readonly ask?: boolean;
}

const FILE = new URL('./real-style.json', import.meta.url);
const SPLIT_SEED = '1';
/** Years differ from list to list. */
const YEARS_APART = 2;
/** What fewer voted for is a gap of the measured catalogue: people's short words take for granted that it is known. */
const FEWEST_VOTES = 50;

/** Queries written by hand as people type them, one half to look at and one held back. */
export interface RealStyle {
  readonly tuning: readonly TypedQuery[];
  readonly heldBack: readonly TypedQuery[];
  /** How many mean a movie that the catalogue does not have, or that nobody voted for in it: they are left out. */
  readonly leftOut: number;
}

/** The half that a query is in hangs on its words alone: it stays there when others are added. */
export function realStyle(namesakes: Namesakes): RealStyle {
  const written: Record<string, Written[]> = JSON.parse(readFileSync(FILE, 'utf8'));
  const [tuning, heldBack]: [TypedQuery[], TypedQuery[]] = [[], []];
  let leftOut = 0;
  for (const [kind, list] of Object.entries(written))
    for (const each of list) {
      const query = queryOf(kind, each, namesakes);
      if (!query) leftOut++;
      else (hashOf(SPLIT_SEED + each.typed) % 2 === 0 ? tuning : heldBack).push(query);
    }
  return { tuning, heldBack, leftOut };
}

function queryOf(
  kind: string,
  { typed, title, year, ask = false }: Written,
  namesakes: Namesakes,
): TypedQuery | undefined {
  if (title === undefined) return { kind, text: typed, ambiguous: false };
  const film = namesakes.of(title).find((each) => isMeant(each, year!));
  return film && { kind, text: typed, film, ambiguous: ask || isAmbiguous(film, typed, namesakes) };
}

function isMeant({ year, votes }: Film, meant: number): boolean {
  return votes >= FEWEST_VOTES && year !== undefined && Math.abs(year - meant) <= YEARS_APART;
}
