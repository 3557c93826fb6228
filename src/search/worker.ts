import { rmSync } from 'node:fs';
import { DamagedDatabase } from '../store/sqlite.ts';
import type { Filter } from '../vectors/filter.ts';
import { FullText } from './full-text.ts';
import type { PlotSearchFiles } from './open.ts';
import type { PlotHit } from './plot-search.ts';

export type RefreshTask = PlotSearchFiles;

export interface SearchTask extends PlotSearchFiles {
  readonly text: string;
  readonly limit: number;
  readonly filter: Filter;
}

const opened = new Map<string, FullText>();

function fullText({ catalogue, index }: PlotSearchFiles): FullText {
  const known = opened.get(index) ?? open(catalogue, index);
  opened.set(index, known);
  return known;
}

/** A damaged index is made anew: it holds nothing that is not in the catalogue. A damaged catalogue is left alone. */
function open(catalogue: string, index: string): FullText {
  try {
    return new FullText(catalogue, index);
  } catch (error) {
    if (!(error instanceof DamagedDatabase)) throw error;
    for (const file of [index, `${index}-wal`, `${index}-shm`]) rmSync(file, { force: true });
    return new FullText(catalogue, index);
  }
}

/** Longest time a search spends on taking in, in milliseconds: all of a small catalogue, a part of a large import. */
const TAKING_IN = 500;

/** What was written since the last search is taken in first. */
export function search({ text, limit, filter, ...files }: SearchTask): PlotHit[] {
  const index = fullText(files);
  const until = performance.now() + TAKING_IN;
  while (index.refresh() && performance.now() < until);
  return index.search(text, limit, filter);
}

export function refresh(files: RefreshTask): boolean {
  return fullText(files).refresh();
}
