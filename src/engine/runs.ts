/**
 * Runs tasks one after the other. Programs may share variables, and asynchronous machines would mix their steps.
 */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether nothing runs or waits. */
  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** Starts a task when all earlier ones have ended, successfully or not. */
  add<T>(task: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const result = this.#last.then(task);
    this.#last = result.then(this.#done, this.#done);
    return result;
  }

  readonly #done = (): void => {
    this.#waiting--;
  };
}

/** The runs of all programs of this process. */
export const runs: Queue = new Queue();

/**
 * Runs a synchronous task that reads or sets variables while no program runs: steps on other threads overwrite weights.
 * Anything that `task` does later, in a promise, is not waited for.
 */
export async function betweenRuns<T>(task: () => T): Promise<Awaited<T>> {
  const [result] = await runs.add(async () => [task()] as const);
  return await result;
}

/** The same, at once where no program runs. */
export function soonBetweenRuns(task: () => void): Promise<void> | null {
  if (!runs.isIdle) return betweenRuns(task);
  task();
  return null;
}
