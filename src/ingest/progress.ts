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
  /**
   * So many more items are done. The note is shown until the next one, and so is the share of the whole, 0 to 1, for
   * jobs whose total is not known.
   */
  advance(items: number, note?: string, share?: number): void;
  /** Draws the last state and ends the line. */
  done(): void;
}

const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;
const BAR_WIDTH = 24;
/** A shorter bar says nothing. */
const LEAST_BAR_WIDTH = 4;
/** The rate is that of the last seconds, so that time left follows a job that gets slower. */
const RATE_WINDOW_MS = 10_000;

interface State {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  /** Of the whole, 0 to 1, where that is known. */
  readonly share: number | undefined;
  /** Items a second. */
  readonly rate: number;
  /** Seconds until the share is 1, where that can be told. */
  readonly left: number | undefined;
  readonly note: string | undefined;
}

export function createProgress(options: ProgressOptions): Progress {
  const { stream, label, total, now = () => performance.now() } = options;
  const live = stream.isTTY === true;
  const started = now();
  let marks = [{ at: started, done: 0, share: 0 }];
  let done = 0;
  let share = total === undefined ? undefined : shareOf(0, total);
  let note: string | undefined;
  let shownAt = started;
  const show = (at: number, whole = false) => {
    shownAt = at;
    if (whole) marks = [{ at: started, done: 0, share: 0 }];
    const from = marks[0]!;
    const seconds = (at - from.at) / 1000;
    const rate = seconds > 0 ? (done - from.done) / seconds : 0;
    const gained = (share ?? 0) - from.share;
    const left =
      share !== undefined && gained > 0 && share < 1 ? ((1 - share) / gained) * seconds : undefined;
    const state = { label, done, total, share, rate, left, note };
    if (live) stream.write(`\r\u001b[K${bar(state, stream.columns ?? 80)}`);
    else stream.write(`${line(state)}\n`);
  };
  return {
    advance(items, newNote, newShare) {
      done += items;
      share = newShare ?? (total === undefined ? share : shareOf(done, total));
      note = newNote ?? note;
      const at = now();
      marks = [...marks.filter((mark) => mark.at >= at - RATE_WINDOW_MS), { at, done, share: share ?? 0 }];
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
  const width = Math.min(BAR_WIDTH, columns - text.length - 2);
  if (state.share === undefined || width < LEAST_BAR_WIDTH) return text.slice(0, columns - 1);
  const filled = Math.round(width * state.share);
  return `${styleText('green', '━'.repeat(filled))}${styleText('dim', '━'.repeat(width - filled))} ${text}`;
}

function line({ label, done, total, share, rate, left, note }: State): string {
  const number = (value: number) => Math.round(value).toLocaleString('en');
  const parts = [
    total === undefined ? `${label} ${number(done)}` : `${label} ${number(done)} of ${number(total)}`,
    ...(share === undefined ? [] : [`${Math.floor(100 * share)} %`]),
    `${number(rate)}/s`,
    ...(left === undefined ? [] : [`${duration(left)} left`]),
    ...(note ? [note] : []),
  ];
  return parts.join(' · ');
}

function shareOf(done: number, total: number): number {
  return total > 0 ? Math.min(1, done / total) : 1;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
