import { type Field, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";

/** A key of Keras for something that Pawl does not have: only its default is accepted. */
export function absentField<const T extends Json>(resting: T, what: string): Field<T> {
  return {
    default: resting,
    parse(value, where) {
      if (value === resting) return resting;
      throw wrongOption(where, JSON.stringify(resting), value, `Pawl has no ${what}`);
    },
  };
}
