import { backupDatabase } from '../ingest/backup.ts';
import { DONE, type Task, UsageError } from './task.ts';

/** Copies the database to a file while it is in use. */
export const backup: Task = async ({ config, args, say }) => {
  const [file] = args;
  if (args.length !== 1 || !file || file.startsWith('-'))
    throw new UsageError('Usage: npm run backup -- FILE');
  await backupDatabase(config.databaseFile, file);
  say(`${file} is a copy of ${config.databaseFile}.`);
  return DONE;
};
