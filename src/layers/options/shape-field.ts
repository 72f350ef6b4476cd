import { type Field, wrongOption } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";

/** An option that is a shape: whole numbers, null where the size is not known. */
export function shapeField(): Field<Shape> {
  return {
    parse(value, where) {
      const ok = (dim: unknown) => dim === null || (typeof dim === "number" && Number.isInteger(dim) && dim >= 0);
      if (!Array.isArray(value) || ![...value].every(ok)) {
        throw wrongOption(where, "a list of whole numbers (null: not known)", value);
      }
      return [...(value as Shape)];
    },
    toConfig: (shape) => shape as Json,
  };
}
