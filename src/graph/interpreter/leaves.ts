import { EngineError } from "../../core/errors.js";
import { normalOf } from "../../core/normal.js";
import { randomWords, uniformOf } from "../../core/philox.js";
import { sizeOf } from "../../core/shape.js";
import type { Rules } from "./rule.js";

export const LEAVES: Rules<"input" | "constant" | "random"> = {
  input(node) {
    throw new EngineError({
      code: "missing-feed",
      what: `The graph's input "${node.attrs.name}" was not fed`,
      fix: "Feed it",
      data: { input: node.attrs.name },
    });
  },
  constant: (node) => Float64Array.from(node.attrs.tensor.data as ArrayLike<number>),
  random(node, _inputs, shape, { seed, iteration, rowOffset }) {
    const { stream, distribution } = node.attrs;
    const words = new Uint32Array(sizeOf(shape));
    // The batch is the first axis, so the shard's elements come after those of all earlier rows.
    const first = (node.shape[0] ?? 0) < 0 ? rowOffset * -node.shape[0]! * sizeOf(shape.slice(1)) : 0;
    randomWords({ seed, stream, iteration }, first, words);
    return Float64Array.from(words, distribution === "uniform" ? uniformOf : normalOf);
  },
};
