/** What is being answered right now, so that stopping can wait for it and nothing lasts for ever. */
export class UnderWay {
  readonly #open = new Set<Promise<unknown>>();
  readonly #jobs = new Set<AbortController>();

  /** Waits for this, too, before all is done. */
  track<T>(work: Promise<T>): Promise<T> {
    const settled = work.then(
      () => {},
      () => {},
    );
    this.#open.add(settled);
    void settled.then(() => this.#open.delete(settled));
    return work;
  }

  /** Runs a job whose signal fires after `limit` milliseconds, or when stopping has waited long enough. */
  run(job: (signal: AbortSignal) => Promise<void>, limit: number): Promise<void> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new Error('it took too long')), limit);
    this.#jobs.add(controller);
    const done = job(controller.signal).finally(() => {
      clearTimeout(timer);
      this.#jobs.delete(controller);
    });
    return this.track(done);
  }

  /** Resolves once nothing is under way; what is not done after `grace` milliseconds is aborted. */
  async finish(grace: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const abort = () => {
      for (const job of this.#jobs) job.abort(new Error('stopping'));
      // What waited its turn in a chat begins only now, and has no time left either.
      timer = setTimeout(abort, 100);
    };
    timer = setTimeout(abort, grace);
    while (this.#open.size > 0) await Promise.all(this.#open);
    clearTimeout(timer);
  }
}

/** The result where it is there within `ms` milliseconds; the work goes on all the same. */
export async function soon<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
