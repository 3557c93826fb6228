import { parentPort, workerData } from 'node:worker_threads';
import { type History, type HistoryProblem, UnreadableHistory } from './entry.ts';
import { parseHistory } from './parse.ts';

export interface ParseTask {
  readonly bytes: Uint8Array;
  readonly name: string;
}

export type ParseAnswer = { readonly history: History } | { readonly problem: HistoryProblem };

const { bytes, name } = workerData as ParseTask;

async function answer(): Promise<ParseAnswer> {
  try {
    return { history: await parseHistory(bytes, name) };
  } catch (error) {
    if (error instanceof UnreadableHistory) return { problem: error.problem };
    throw error;
  }
}

parentPort!.postMessage(await answer());
