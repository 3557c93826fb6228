import { parseArgs } from 'node:util';
import { trainWords } from '../embedding/words/train-cli.ts';
import { SHIPPED } from '../paths.ts';
import { DONE, type Task, UsageError } from './task.ts';

const USAGE = 'npm run train -- words [--from FILE]';
const SUMMARIES = '../shared/data/wikipedia/movies.json.gz';

/** Makes anew what was learned from data: for now the word vectors. */
export const train: Task = async ({ args, say }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { from: { type: 'string', default: SUMMARIES } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'words') throw new UsageError(`Usage: ${USAGE}`);
  const trained = await trainWords({ from: values.from, to: SHIPPED.words });
  say(
    `${trained.words} words in ${trained.dimensions} dimensions from ${trained.documents} summaries: ` +
      `${SHIPPED.words}, ${trained.bytes} bytes.`,
  );
  return DONE;
};
