import { withInputs } from "./apply.js";
import type { Value } from "./value.js";

/**
 * Rebuilds values with some of the values they depend on replaced. `substitute` is called for each value before its
 * operands are visited; null keeps the value, except that its operands may change.
 */
export class Substitution {
  readonly #done = new Map<Value, Value>();
  readonly #substitute: (value: Value) => Value | null;

  constructor(substitute: (value: Value) => Value | null) {
    this.#substitute = substitute;
  }

  of(root: Value): Value {
    const done = this.#done;
    const pending = [root];
    for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
      if (!done.has(value)) {
        const other = this.#substitute(value);
        if (other !== null) done.set(value, other);
      }
      const missing = done.has(value) ? [] : value.inputs.filter((input) => !done.has(input));
      if (missing.length > 0) {
        pending.push(...missing);
        continue;
      }
      pending.pop();
      if (!done.has(value))
        done.set(
          value,
          withInputs(
            value,
            value.inputs.map((input) => done.get(input)!),
          ),
        );
    }
    return done.get(root)!;
  }
}
