import { EngineError } from "../../core/errors.js";
import type { PrimitiveAttrs } from "../../graph/primitive.js";
import type { Kernel } from "./kernel.js";
import { integers, numbers } from "./kernel.js";

/** Adds each row of updates to the row that its id names, in row-major order of the ids. */
export const scatterAdd =
  ({ rows }: PrimitiveAttrs["scatterAdd"]): Kernel =>
  ([ids, updates], [output]) => {
    const index = integers(ids!);
    const source = numbers(updates!);
    const target = numbers(output!);
    target.fill(0);
    const width = rows === 0 ? 0 : target.length / rows;
    for (let i = 0; i < index.length; i++) {
      const id = index[i]!;
      if (id < 0 || id >= rows) {
        throw new EngineError({
          code: "id-range",
          what: "An id lies outside of its table",
          received: `${id}`,
          expected: `0 … ${rows - 1}`,
          fix: "Check the integers that are fed as ids",
        });
      }
      for (let from = i * width, to = id * width, end = to + width; to < end; from++, to++) {
        target[to] = target[to]! + source[from]!;
      }
    }
  };
