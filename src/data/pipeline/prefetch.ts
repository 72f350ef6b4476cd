import { begunAhead, type Run } from "./cursor.js";
import { after, type Step } from "./step.js";

/** Reads about `count` records ahead of those that are asked for. Changes neither records nor positions. */
export function prefetch<R>(from: Step<R>, count: number): Step<R> {
  return {
    ...from,
    ...after(from, "prefetch()"),
    open(pass, position) {
      const cursor = from.open(pass, position);
      let last: Promise<unknown> = Promise.resolve();
      const begin = (hint: number): Promise<Run<R> | null> => {
        const run = last.then(() => cursor.next(hint));
        last = run.catch(() => undefined);
        return run;
      };
      return begunAhead(
        begin,
        (hint) => 1 + Math.ceil(count / hint),
        () => cursor.close(),
      );
    },
  };
}
