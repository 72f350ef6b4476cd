import type { Json } from "../../core/stateful.js";
import { after, chosen, isNumbered, type Step } from "./step.js";

/** The first `count` records of a pass. */
export function take<R>(from: Step<R>, count: number): Step<R> {
  const said = `take(${count})`;
  if (isNumbered(from)) return chosen(from, said, Math.min(count, from.length), (index) => index);
  return {
    ...after(from, said),
    length: null,
    blocks: null,
    access: null,
    open(pass, position) {
      const [start, inner] = (position as readonly [number, Json] | null) ?? [0, null];
      const cursor = from.open(pass, inner);
      let taken = start;
      return {
        async next(hint) {
          if (taken >= count) return null;
          const run = await cursor.next(Math.min(hint, count - taken));
          if (run === null) return null;
          const before = taken;
          const records = run.records.slice(0, count - before);
          taken += records.length;
          return { records, after: (i) => [before + i + 1, run.after(i)], name: run.name };
        },
        close: () => cursor.close(),
      };
    },
  };
}
