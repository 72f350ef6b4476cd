/** How long steps may run in a row, in milliseconds, before the event loop gets a turn. */
const MOST = 10;

let last = 0;

/**
 * Lets the event loop run if it has not for a while: steps computed on the calling thread would block timers and
 * sockets for a whole training.
 */
export function breathe(): Promise<void> | null {
  const now = performance.now();
  if (now - last < MOST) return null;
  return new Promise((resolve) => {
    const go = (): void => {
      last = performance.now();
      resolve();
    };
    if (typeof setImmediate === "function") setImmediate(go);
    else setTimeout(go, 0);
  });
}
