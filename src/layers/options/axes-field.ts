import { type Field, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";

/** An option that is one axis or a list of axes; negative ones count from the end. */
export function axesField(axis: number): Field<number | readonly number[]> {
  return {
    default: axis,
    parse(value, where) {
      if (Number.isInteger(value)) return value as number;
      if (Array.isArray(value) && value.length > 0 && value.every(Number.isInteger)) return [...(value as number[])];
      throw wrongOption(where, "an axis or a list of axes", value);
    },
    toConfig: (value) => value as Json,
  };
}
