/** How long a loop may block the thread while files are being written, in milliseconds. */
const PATIENCE = 1;

/**
 * Gives the event loop a turn now and then. A loop of small steps hardly ever waits, so it would hear late that a save
 * in another thread has ended. The clock decides only when; no result depends on it.
 */
export class Turns {
  #last = 0;

  /** A turn when it is time for one; else null, so that the loop need not await. */
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
