import { parentPort, workerData } from 'node:worker_threads';
import { Obstacle } from '../errors.ts';
import { type TasteFiles, type TrainingReport, trainFiles } from './train-files.ts';

/** What the worker answers, once; anything else that goes wrong is its error. */
export type TrainingOutcome =
  | { readonly trained: TrainingReport }
  /** Too few ratings, or another process is at it. */
  | { readonly obstacle: string };

const answer = (outcome: TrainingOutcome) => parentPort!.postMessage(outcome);

try {
  answer({ trained: await trainFiles(workerData as TasteFiles) });
} catch (error) {
  if (!(error instanceof Obstacle)) throw error;
  answer({ obstacle: error.message });
}
