import type { Action, Block, Reply } from '../chat/reply.ts';
import { type HistoryEntry, type HistoryProblem, type HistorySource, MAX_FILE } from '../history/entry.ts';
import type { HistoryReport } from '../history/take.ts';
import { type Message, say } from '../messages/message.ts';
import type { Import, TakenBack } from '../people/imports.ts';

/** Titles that were not found and are named in the answer; the rest are in a file. */
const MISSING_SHOWN = 8;

const SITES: Readonly<Record<HistorySource, string>> = {
  letterboxd: 'Letterboxd',
  imdb: 'IMDb',
  trakt: 'Trakt',
};

/** What became of a history, film by film where it was not found. */
export function reportReply(report: HistoryReport, first: boolean): Reply {
  const lines = reportMessages(report);
  const { missing } = report;
  return {
    blocks: [
      { kind: 'text', lines: first && report.matched > 0 ? [say('rate.learning'), ...lines] : lines },
      ...(missing.length > MISSING_SHOWN
        ? [{ kind: 'file', name: 'kindred-not-found.txt', text: listed(missing) } as const]
        : []),
      ...(report.undo === undefined ? [] : [undoButton(report.undo)]),
    ],
    onlyForAsker: true,
  };
}

/** Takes an import back. */
export function undoButton(id: number): Block<Action> {
  const undo: Action = {
    label: say('history.undo'),
    run: { command: 'history', args: { undo: String(id) } },
    for: 'asker',
    opens: 'here',
  };
  return { kind: 'buttons', buttons: [undo] };
}

/** What taking an import back did; undefined where it could not be. */
export function undoneMessages(done: TakenBack | undefined): Message[] {
  if (!done) return [say('history.undoGone')];
  const all = say('history.undone', { site: SITES[done.source] });
  return done.kept > 0 ? [all, say('history.undoKept')] : [all];
}

export function lastMessage({ source }: Import): Message {
  return say('history.last', { site: SITES[source] });
}

export function reportMessages({ source, matched, rated, missing, unread }: HistoryReport): Message[] {
  const shown = missing.slice(0, MISSING_SHOWN).map(nameOf);
  const more = missing.length - shown.length;
  const lines: (Message | false)[] = [
    say('history.taken', { site: SITES[source], count: matched, rated }),
    missing.length > 0 && say('history.missing', { count: missing.length, titles: shown }),
    more > 0 && say('history.more', { count: more }),
    unread > 0 && say('history.unread', { count: unread }),
    matched > 0 && say('history.next'),
  ];
  return lines.filter((line) => line !== false);
}

export function problemMessage(problem: HistoryProblem): Message {
  return say(`history.problem.${problem}`, { megabytes: Math.floor(MAX_FILE / 1_000_000) });
}

function nameOf({ title, year, ids }: HistoryEntry): string {
  const name = title || ids.imdb || '';
  return year === undefined ? name : `${name} (${year})`;
}

function listed(missing: readonly HistoryEntry[]): string {
  return `${missing.map(nameOf).join('\n')}\n`;
}
