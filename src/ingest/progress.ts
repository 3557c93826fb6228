import { styleText } from 'node:util';

export interface ProgressOptions {
  /** Standard error in the commands, so that progress never mixes into answers. */
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly label: string;
  /** Items in all, where that is known beforehand. */
  readonly total?: number;
  /** Milliseconds, rising; for tests. */
  readonly now?: () => number;
}

/** Tells a person how far a long job is: a bar redrawn in place on a terminal, now and then a plain line elsewhere. */
export interface Progress {
  /** So many more items are done. The note is shown until the next one. */
  advance(items: number, note?: string): void;
  /** Draws the last state and ends the line. */
  done(): void;
}

const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;
const BAR_WIDTH = 24;
/** The rate is that of the last seconds, so that time left follows a job that gets slower. */
const RATE_WINDOW_MS = 10_000;

interface State {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  /** Items a second. */
  readonly rate: number;
  readonly note: string | undefined;
}

export function createProgress(options: ProgressOptions): Progress {
  const { stream, label, total, now = () => performance.now() } = options;
  const live = stream.isTTY === true;
  const started = now();
  let marks = [{ at: started, done: 0 }];
  let done = 0;
  let note: string | undefined;
  let shownAt = started;
  const rate = (over: number) => {
    const from = marks[0]!;
    const seconds = (over - from.at) / 1000;
    return seconds > 0 ? (done - from.done) / seconds : 0;
  };
  const show = (at: number, whole = false) => {
    shownAt = at;
    if (whole) marks = [{ at: started, done: 0 }];
    const state = { label, done, total, rate: rate(at), note };
    if (live) stream.write(`\r\u001b[K${bar(state, stream.columns ?? 80)}`);
    else stream.write(`${line(state)}\n`);
  };
  return {
    advance(items, newNote) {
      done += items;
      note = newNote ?? note;
      const at = now();
      marks = [...marks.filter((mark) => mark.at >= at - RATE_WINDOW_MS), { at, done }];
      if (at - shownAt >= (live ? REDRAW_MS : LINE_EVERY_MS)) show(at);
    },
    done() {
      show(now(), true);
      if (live) stream.write('\n');
    },
  };
}

function bar(state: State, columns: number): string {
  const text = line(state);
  if (state.total === undefined || columns < text.length + BAR_WIDTH + 2) return text.slice(0, columns - 1);
  const filled = Math.round(BAR_WIDTH * share(state.done, state.total));
  return `${styleText('green', '━'.repeat(filled))}${styleText('dim', '━'.repeat(BAR_WIDTH - filled))} ${text}`;
}

function line({ label, done, total, rate, note }: State): string {
  const number = (value: number) => Math.round(value).toLocaleString('en');
  const parts = [
    total === undefined ? `${label} ${number(done)}` : `${label} ${number(done)} of ${number(total)}`,
    ...(total ? [`${Math.floor(100 * share(done, total))} %`] : []),
    `${number(rate)}/s`,
    ...(total !== undefined && rate > 0 && done < total ? [`${duration((total - done) / rate)} left`] : []),
    ...(note ? [note] : []),
  ];
  return parts.join(' · ');
}

function share(done: number, total: number): number {
  return total > 0 ? Math.min(1, done / total) : 1;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
