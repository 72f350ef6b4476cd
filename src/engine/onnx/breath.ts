/** How long steps may follow each other, in milliseconds, before others have their turn. */
const MOST = 10;

let last = 0;

/**
 * Lets the event loop go round when it has not for a while: steps that are computed on the calling thread would keep
 * timers and sockets waiting for as long as a training takes.
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
