import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How far an import came, in a small file below the data folder. */
interface Remembered {
  readonly identity: string;
  readonly next: string;
  /** The catalogue's revision then: where it is lower now, an older copy took the catalogue's place. */
  readonly revision: number;
}

/** Where an import of one source goes on after it was stopped or killed. */
export class ResumePoint {
  readonly #file: string;
  readonly #identity: string;

  /** `identity` names what is read into what: a point of another one is not used. */
  constructor(dataDir: string, source: string, identity: string) {
    this.#file = join(dataDir, 'import', `${source}.json`);
    this.#identity = identity;
  }

  async load(revision: number): Promise<string | undefined> {
    try {
      const remembered = JSON.parse(await readFile(this.#file, 'utf8')) as Remembered;
      const valid = remembered.identity === this.#identity && remembered.revision <= revision;
      return valid ? remembered.next : undefined;
    } catch {
      return undefined; // none, or one that was written half: the import begins anew, which does no harm
    }
  }

  async save(next: string, revision: number): Promise<void> {
    const remembered: Remembered = { identity: this.#identity, next, revision };
    await mkdir(join(this.#file, '..'), { recursive: true });
    await writeFile(`${this.#file}.new`, JSON.stringify(remembered));
    await rename(`${this.#file}.new`, this.#file);
  }

  async clear(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}
