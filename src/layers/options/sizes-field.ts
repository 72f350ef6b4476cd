import { type Field, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";

/** An option that is a list of sizes of axes, perhaps of none; null where it is the input's. A number stands for one axis. */
export function sizesField(): Field<readonly (number | null)[]> {
  return {
    parse(value, where) {
      const list: unknown = typeof value === "number" ? [value] : value;
      const ok = (size: unknown) => size === null || (Number.isInteger(size) && (size as number) >= 1);
      if (!Array.isArray(list) || !list.every(ok)) {
        throw wrongOption(where, "a size of an axis or a list of them (null: as in the input)", value);
      }
      return [...(list as (number | null)[])];
    },
    toConfig: (sizes) => sizes as Json,
  };
}
