import type { Json } from "../../core/stateful.js";
import { holding } from "../records/holding.js";
import { after, finite, isNumbered, numberedStep, routed, type Step } from "./step.js";

/** The records of the steps, one step after the other. */
export function concat<R>(from: readonly Step<R>[]): Step<R> {
  for (const step of from.slice(0, -1)) finite(step, "concat");
  const said = after(from, "concat(…)");
  if (from.every(isNumbered)) {
    const starts: number[] = [];
    let total = 0;
    for (const { length } of from) {
      starts.push(total);
      total += length;
    }
    const blocks = from.every((step) => step.blocks !== null)
      ? from.flatMap(({ blocks, length }, i) => (length === 0 ? [] : blocks!.map((block) => starts[i]! + block)))
      : null;
    return numberedStep({
      ...said,
      length: total,
      blocks,
      access(pass) {
        const all = from.map((step) => step.access(pass));
        const child = (index: number): number => holding(starts, index);
        return routed({ access: (i) => all[i]!, child, index: (index) => index - starts[child(index)]! });
      },
    });
  }
  return {
    ...said,
    length: null,
    blocks: null,
    access: null,
    open(pass, position) {
      const [first, inner] = (position as readonly [number, Json] | null) ?? [0, null];
      let which = first;
      let cursor = from[which]!.open(pass, inner);
      return {
        async next(hint) {
          for (;;) {
            const run = await cursor.next(hint);
            const here = which;
            if (run !== null) return { records: run.records, after: (i) => [here, run.after(i)], name: run.name };
            if (which + 1 >= from.length) return null;
            await cursor.close();
            cursor = from[++which]!.open(pass, null);
          }
        },
        close: () => cursor.close(),
      };
    },
  };
}
