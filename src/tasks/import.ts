import { parseArgs } from 'node:util';
import { openDatabase } from '../catalogue/sql/open.ts';
import { sqlRatings } from '../catalogue/sql/ratings.ts';
import { SqlCatalogue } from '../catalogue/sql/sql-catalogue.ts';
import { type ImportOptions, type ImportReport, ImportStopped, importMovies } from '../ingest/import.ts';
import { createProgress } from '../ingest/progress.ts';
import { isSourceName, SOURCES } from '../ingest/sources/index.ts';
import { NoFileNamed } from '../ingest/sources/source.ts';
import { DONE, FAILED, type Task, UsageError } from './task.ts';

const USAGE = 'npm run import -- SOURCE [--file F] [--dir D] [--limit N] [--explain]';

const OPTIONS = {
  file: { type: 'string' },
  dir: { type: 'string' },
  limit: { type: 'string' },
  explain: { type: 'boolean', default: false },
} as const;

/** Reads a movie source into the catalogue. Exit code 0 only where nothing was lost that could be read. */
export const importTask: Task = async ({ config, args, stop, say }) => {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [source] = positionals;
  if (positionals.length !== 1 || !source || !isSourceName(source))
    throw new UsageError(`Usage: ${USAGE}\nSources: ${Object.keys(SOURCES).join(', ')}`);
  if (values.limit !== undefined && !/^[1-9]\d{0,9}$/u.test(values.limit))
    throw new UsageError('--limit must be a whole number from 1 up');
  await using opened = new AsyncDisposableStack();
  const database = opened.adopt(await openDatabase(config.databaseFile), (each) => each.close());
  const progress = createProgress({ stream: process.stderr, label: `import ${source}` });
  let read = 0;
  try {
    const report = await importMovies({
      source,
      options: {
        ...(values.file !== undefined && { file: values.file }),
        ...(values.dir !== undefined && { dir: values.dir }),
        ...(values.limit !== undefined && { limit: Number(values.limit) }),
      },
      catalogue: new SqlCatalogue(database),
      ratings: sqlRatings(database),
      config,
      signal: stop,
      onResume: () => say('An earlier run of this import was stopped on the way: going on from there.'),
      onProgress(so) {
        progress.advance(so.read - read, `${so.counts.added} added`, so.share);
        read = so.read;
      },
      onProblem: ({ at, reason }) => say(`${at}: ${reason}`),
      ...(values.explain && { onOutcome: explain }),
    });
    progress.done();
    for (const line of summary(report)) say(line);
    return report.counts.lost > 0 ? FAILED : DONE;
  } catch (error) {
    if (error instanceof ImportStopped) say(error.message);
    if (error instanceof NoFileNamed) throw new UsageError(error.message, { cause: error });
    throw error;
  }
};

/** One outcome a line, on standard output: the place, what became of it, the id, the title and why. */
const explain: Required<ImportOptions>['onOutcome'] = (at, record, { outcome, id, because }) => {
  process.stdout.write(`${at}\t${outcome}\t${id}\t${record.title}\t${because ?? ''}\n`);
};

function summary({ counts, unknownGenres, ranked }: ImportReport): string[] {
  const lines = [
    `${counts.read} read: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ` +
      `${counts.merged} merged, ${counts.skipped} skipped, ${counts.absent} not in the catalogue, ${counts.lost} lost.`,
  ];
  if (counts.ratings > 0) lines.push(`${counts.ratings} ratings are new or changed.`);
  if (ranked > 0) lines.push(`${ranked} movies have another popularity now.`);
  const most = [...unknownGenres].sort((a, b) => b[1] - a[1]).slice(0, 10);
  if (most.length > 0)
    lines.push(
      `Genres that became keywords: ${most.map(([name, times]) => `${name} (${times})`).join(', ')}.`,
    );
  if (counts.added + counts.changed + counts.merged > 0)
    lines.push('Run "npm run index" to embed what is new.');
  return lines;
}
