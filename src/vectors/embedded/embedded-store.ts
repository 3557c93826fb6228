import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CallOptions } from '../vector-index.ts';
import type { EmbedderShape, VectorStore } from '../vector-store.ts';
import { EmbeddedIndex } from './embedded-index.ts';
import { type Manifest, readManifest, writeManifest } from './manifest.ts';
import { VectorFile } from './vector-file.ts';

export interface EmbeddedStoreOptions {
  /** Where the files lie: beside the catalogue's database. */
  readonly folder: string;
  /**
   * Keep the index in use in memory and follow what other processes write. Without this nothing is read before it is
   * asked for: right for a process that only writes.
   */
  readonly serve?: boolean;
  /** Milliseconds between two looks at what other processes wrote; 1,000 by default. */
  readonly followEvery?: number;
  /** Told when such a look fails; what was in use stays in use. */
  readonly onError?: (error: unknown) => void;
}

/** How long answers under way may still use an index that is no longer in use, in milliseconds. */
const RETIRED_FOR = 30_000;

/** Indexes as SQLite files in one folder, `vectors-….db`, and a small file `vectors.json` that names the one in use. */
export class EmbeddedStore implements VectorStore {
  readonly #options: EmbeddedStoreOptions;
  /** By file name. */
  readonly #opened = new Map<string, EmbeddedIndex>();
  readonly #retired = new Set<EmbeddedIndex>();
  #manifest: Manifest | undefined;
  #timer: NodeJS.Timeout | undefined;
  #keeping: Promise<void> | undefined;
  /** The switch or the look that was begun last: they never overlap. */
  #last: Promise<unknown> = Promise.resolve();

  /** Made from the embedder's id, so that an index under construction is found again after a kill. */
  static fileName(embedder: string): string {
    return `vectors-${hash('sha256', embedder).slice(0, 12)}.db`;
  }

  private constructor(options: EmbeddedStoreOptions) {
    this.#options = options;
  }

  /** Throws `DamagedDatabase`, or an error that names the file, where the index in use cannot be opened. */
  static async open(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
    mkdirSync(options.folder, { recursive: true });
    const store = new EmbeddedStore(options);
    await store.#inTurn(() => store.#look());
    if (options.serve) {
      const look = () => store.#inTurn(() => store.#look()).catch((error) => options.onError?.(error));
      store.#timer = setInterval(look, options.followEvery ?? 1000).unref();
    }
    return store;
  }

  async current(options: CallOptions = {}): Promise<EmbeddedIndex | undefined> {
    options.signal?.throwIfAborted();
    return this.#manifest && this.#opened.get(this.#manifest.file);
  }

  async find(embedder: string, options: CallOptions = {}): Promise<EmbeddedIndex | undefined> {
    options.signal?.throwIfAborted();
    const file = EmbeddedStore.fileName(embedder);
    return this.#opened.get(file) ?? (existsSync(this.#path(file)) ? this.#openFile(file) : undefined);
  }

  async create(embedder: EmbedderShape, options: CallOptions = {}): Promise<EmbeddedIndex> {
    options.signal?.throwIfAborted();
    const file = EmbeddedStore.fileName(embedder.id);
    return this.#opened.get(file) ?? this.#openFile(file, embedder);
  }

  activate(embedder: string, options: CallOptions = {}): Promise<void> {
    return this.#inTurn(async () => {
      const { folder } = this.#options;
      await this.#look();
      const index = await this.find(embedder, options);
      if (!index || !existsSync(this.#path(EmbeddedStore.fileName(embedder))))
        throw new Error(`there is no index of the embedder "${embedder}" in ${folder}`);
      if (this.#manifest?.embedder !== embedder) {
        const serial = (readManifest(folder)?.serial ?? 0) + 1;
        const manifest = { serial, embedder, file: EmbeddedStore.fileName(embedder) };
        writeManifest(folder, manifest);
        await this.#use(manifest, index);
      }
      this.#deleteOthers();
    });
  }

  async prepare(): Promise<void> {
    await (await this.current())?.keep();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#last;
    await this.#keeping;
    for (const index of [...this.#opened.values(), ...this.#retired]) index.close();
    this.#opened.clear();
    this.#retired.clear();
    this.#manifest = undefined;
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  /** Puts another index in use where another process did, and applies what other processes wrote to the one in use. */
  async #look(): Promise<void> {
    const manifest = readManifest(this.#options.folder);
    if (manifest && manifest.serial !== this.#manifest?.serial) {
      // A file that is gone is an index that is not there: vectors can always be made again.
      const path = this.#path(manifest.file);
      // Opened anew even where its name is known: that may be an older file of the same embedder, deleted since.
      if (existsSync(path)) await this.#use(manifest, new EmbeddedIndex(VectorFile.open(path)));
    }
    if (this.#options.serve) await (await this.current())?.follow();
  }

  async #use(manifest: Manifest, index: EmbeddedIndex): Promise<void> {
    if (this.#options.serve) {
      await index.load();
      // A copy that cannot be written makes the next start slower, nothing else.
      this.#keeping = index.keep().catch(() => {});
    }
    for (const file of new Set([manifest.file, this.#manifest?.file ?? manifest.file])) {
      const before = this.#opened.get(file);
      if (before && before !== index) this.#retire(before, file);
    }
    this.#opened.set(manifest.file, index);
    this.#manifest = manifest;
  }

  #retire(index: EmbeddedIndex, file: string): void {
    this.#opened.delete(file);
    this.#retired.add(index);
    setTimeout(() => {
      index.close();
      this.#retired.delete(index);
    }, RETIRED_FOR).unref();
  }

  #deleteOthers(): void {
    const { folder } = this.#options;
    const kept = this.#manifest!.file;
    for (const name of readdirSync(folder)) {
      const database = /^(vectors-[0-9a-f]{12}\.db)(?:-wal|-shm|\.rows.*)?$/u.exec(name)?.[1];
      if (!database || database === kept) continue;
      const open = this.#opened.get(database);
      if (open) this.#retire(open, database);
      try {
        rmSync(join(folder, name), { force: true });
      } catch {
        // Some systems keep a file while a process has it open; the next `activate` tries again.
      }
    }
  }

  #openFile(file: string, made?: EmbedderShape): EmbeddedIndex {
    const index = new EmbeddedIndex(VectorFile.open(this.#path(file), made));
    this.#opened.set(file, index);
    return index;
  }

  #path(file: string): string {
    return join(this.#options.folder, file);
  }
}
