import { parseArgs } from 'node:util';
import { trainWords } from '../embedding/words/train-cli.ts';
import { createProgress, type Progress } from '../ingest/progress.ts';
import { SHIPPED, tasteFiles } from '../paths.ts';
import { trainRanking } from '../recommender/fit/train-ranking.ts';
import { trainFiles } from '../taste/train-files.ts';
import { DONE, type Task, type TaskContext, UsageError } from './task.ts';

const USAGE = 'npm run train -- words [--from FILE] | ranking [--data FOLDER] | taste';

interface Options {
  readonly from: string;
  readonly data: string;
}

type Training = (options: Options, context: TaskContext) => Promise<void>;

/** Makes anew what was learned from data. */
export const train: Task = async (context) => {
  const { values, positionals } = parseArgs({
    args: [...context.args],
    allowPositionals: true,
    options: {
      from: { type: 'string', default: '../shared/data/wikipedia/movies.json.gz' },
      data: { type: 'string', default: '../shared/data' },
    },
  });
  const training = positionals.length === 1 ? TRAININGS[positionals[0]!] : undefined;
  if (!training) throw new UsageError(`Usage: ${USAGE}`);
  await training(values, context);
  return DONE;
};

const TRAININGS: Readonly<Record<string, Training>> = {
  async words({ from }, { say }) {
    const trained = await trainWords({ from, to: SHIPPED.words });
    say(
      `${trained.words} words in ${trained.dimensions} dimensions from ${trained.documents} summaries: ` +
        `${SHIPPED.words}, ${trained.bytes} bytes.`,
    );
  },
  async ranking({ data }, { say }) {
    const weights = await trainRanking({ data, to: SHIPPED.ranking, date: new Date() });
    say(`${SHIPPED.ranking}: ${weights.fitted}`);
  },
  taste: (_, context) => trainTasteFile(context),
};

async function trainTasteFile({ config, stop, say }: TaskContext): Promise<void> {
  const files = tasteFiles(config);
  let progress: Progress | undefined;
  say('Reading the ratings…');
  const { ratings, own, people, movies } = await trainFiles(files, {
    signal: stop,
    onProgress({ maxSweeps, heldBackError }) {
      progress ??= createProgress({ stream: process.stderr, label: 'sweep', total: maxSweeps });
      progress.advance(1, `off by ${heldBackError.toFixed(4)} stars on ratings held back`);
    },
  });
  progress?.done();
  say(
    `${files.taste}: learned from ${ratings} ratings (${own} given here) of ${people} people for ${movies} movies. ` +
      'A running bot takes it up by itself.',
  );
}
