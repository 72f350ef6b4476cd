/** How long a loop may keep the thread to itself while files are being written, in milliseconds. */
const PATIENCE = 1;

/**
 * Gives the event loop a turn now and then. A loop of small steps may hardly ever wait for anything, and what comes of
 * a save in another thread would be heard late. The clock decides only when; nothing that is computed depends on it.
 */
export class Turns {
  #last = 0;

  /** A turn, when it is time for one; null otherwise, so that nothing is awaited. */
  take(): Promise<void> | null {
    if (performance.now() - this.#last < PATIENCE) return null;
    return new Promise((resolve) => {
      const go = (): void => {
        this.#last = performance.now();
        resolve();
      };
      if (typeof setImmediate === "function") setImmediate(go);
      else setTimeout(go, 0);
    });
  }
}
