/**
 * Runs one thing after the other. Programs may share variables, and a machine that computes asynchronously would mix
 * their steps.
 */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether nothing runs or waits. */
  get isIdle(): boolean {
    return this.#waiting === 0;
  }

  /** Begins when everything before has ended, well or not. */
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
 * Does something that reads or sets variables at a moment when no program runs: a step that is computed on other
 * threads writes new weights over the old ones. What `task` goes on with later, in a promise, is not waited for.
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
