import { after, type Run, type Step } from "./step.js";

/** Reads about `count` records ahead of those that are asked for. Changes neither records nor positions. */
export function prefetch<R>(from: Step<R>, count: number): Step<R> {
  return {
    ...from,
    ...after(from, "prefetch()"),
    open(pass, position) {
      const cursor = from.open(pass, position);
      const queue: Promise<Run<R> | null>[] = [];
      let last: Promise<unknown> = Promise.resolve();
      const begin = (hint: number): void => {
        const run = last.then(() => cursor.next(hint));
        // Whoever asks for the records meets the error.
        last = run.catch(() => undefined);
        queue.push(run);
      };
      return {
        async next(hint) {
          const runs = 1 + Math.ceil(count / hint);
          while (queue.length < runs) begin(hint);
          return queue.shift()!;
        },
        async close() {
          await last;
          await cursor.close();
        },
      };
    },
  };
}
