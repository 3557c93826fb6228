import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED } from '../paths.ts';
import { readStarter } from './starter.ts';
import { checkStarter, type StarterReport } from './starter-rules.ts';
import { starterVocabulary } from './starter-schema.ts';

/** Reads the starter catalogue in a folder and checks it by the rules of `docs/adding-a-film.md`. */
export async function checkStarterFolder(folder: string): Promise<StarterReport> {
  const vocabulary: unknown = JSON.parse(await readFile(join(folder, 'vocabulary.json'), 'utf8'));
  return checkStarter(await readStarter(folder), starterVocabulary.parse(vocabulary));
}

if (import.meta.main) {
  const { problems, warnings } = await checkStarterFolder(process.argv[2] ?? SHIPPED.starter);
  for (const warning of warnings) process.stdout.write(`warning: ${warning}\n`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
