import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';

/**
 * `npm run bench` runs every benchmark of this folder, `npm run bench -- NAME…` those that are named; what follows
 * `--` after a single name goes to it. Each has a process of its own, so that none is measured with another's memory.
 */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts' && file !== 'rows.ts')
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();

const [processor] = cpus();
const gigabytes = Math.round(totalmem() / 2 ** 30);
console.log(
  `${cpus().length} × ${processor?.model ?? arch()}, ${gigabytes} GB, ${platform()}, Node ${process.version}\n`,
);

const given = process.argv.slice(2);
const options = given.filter((each) => each.startsWith('-') || !names.includes(each));
const asked = given.filter((each) => names.includes(each));
if (given.length > 0 && asked.length === 0) {
  console.error(`There is no such benchmark. There are: ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  for (const name of asked.length > 0 ? asked : names) process.exitCode ||= await run(name);
}

function run(name: string): Promise<number> {
  console.log(`## ${name}\n`);
  const file = join(import.meta.dirname, `${name}.ts`);
  if (!existsSync(file)) return Promise.resolve(2);
  const child = spawn(process.execPath, [file, ...options], { stdio: 'inherit' });
  return new Promise((resolve) => {
    child.once('close', (code) => {
      console.log();
      resolve(code ?? 1);
    });
  });
}
