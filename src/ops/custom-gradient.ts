import { OptionError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";
import { describe } from "../graph/fit.js";
import { type Value, withGradient } from "../graph/index.js";
import { isValue, type Operand, toValue } from "./operand.js";

/** A value, and the gradients of its arguments as a function of its own gradient. */
export interface WithGradient {
  /** float32. */
  readonly value: Value;
  /** One gradient for each argument, in its shape; null for one that gets none. With one argument no list is needed. */
  readonly gradient: (dy: Value) => Value | readonly (Value | null)[];
}

/**
 * A function of values whose gradient is stated instead of derived, as Keras's `custom_gradient`:
 *
 * `const reversed = ops.customGradient((x) => ({ value: x, gradient: (dy) => ops.neg(dy) }))`
 *
 * The result is `value` itself, bit for bit. What `gradient` computes has a gradient again, so that those of higher order
 * follow. Only the arguments get gradients: a weight that `fn` uses must be one of them.
 * @throws {OptionError} when called, if `fn` returns something else
 * @throws {ShapeError} when called, if the gradients do not fit the arguments
 */
export function customGradient<T extends readonly Value[]>(
  fn: (...values: T) => WithGradient,
): (...values: { [K in keyof T]: Operand }) => Value {
  return (...given) => {
    const values = given.map((x) => toValue(x));
    const made = fn(...(values as readonly Value[] as T));
    if (!isValue(made?.value) || typeof made.gradient !== "function") {
      throw wrongReturn("The function", made, "{ value, gradient: (dy) => [dx, …] }");
    }
    return withGradient(made.value, values, (dy) => {
      const dxs = made.gradient(dy);
      if (isValue(dxs)) return [dxs];
      if (Array.isArray(dxs) && dxs.every((dx) => dx === null || isValue(dx))) return dxs as readonly (Value | null)[];
      throw wrongReturn("The gradient function", dxs, "a gradient for each argument: [dx, …], with null for none");
    });
  };
}

function wrongReturn(who: string, received: unknown, expected: string): OptionError {
  return new OptionError({
    code: "custom-gradient",
    what: `${who} of customGradient returns something else`,
    received: isValue(received) ? describe(received) : valueText(received),
    expected,
  });
}
