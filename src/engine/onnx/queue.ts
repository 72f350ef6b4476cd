/**
 * Runs one thing after the other. Programs may share variables, and a machine that computes asynchronously would mix
 * their steps.
 */
export class Queue {
  #last: Promise<unknown> = Promise.resolve();

  /** Begins when everything before has ended, well or not. */
  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
