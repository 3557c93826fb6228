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
  const known = opened.get(index) ?? new FullText(catalogue, index);
  opened.set(index, known);
  return known;
}

export function search({ text, limit, filter, ...files }: SearchTask): PlotHit[] {
  return fullText(files).search(text, limit, filter);
}

export function refresh(files: RefreshTask): void {
  fullText(files).refresh();
}
