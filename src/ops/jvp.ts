import { build, type Value } from "../graph/index.js";
import { gradients } from "./gradients.js";
import { type Operand, toFloat } from "./operand.js";

/** A value, and how fast it changes in a direction. */
export type Jvp = {
  readonly value: Value;
  readonly tangent: Value;
};

/**
 * The derivative of a function in a direction: of value = fn(x), the product of its Jacobian with `tangent`. It is the
 * gradient of the gradient, which is linear in what arrives (J. Townsend, "A new trick for calculating Jacobian vector
 * products", 2017). Keras takes lists of values here.
 */
export function jvp(fn: (x: Value) => Value, x: Operand, tangent: Operand): Jvp {
  const given = toFloat(x);
  const value = fn(given);
  const arriving = build.broadcast(build.scalar(0), value.shape);
  const slope = gradients(value, given, { outputGradients: arriving, unconnected: "zero" });
  return { value, tangent: gradients(slope, arriving, { outputGradients: toFloat(tangent), unconnected: "zero" }) };
}

/** A function of single numbers as one of tensors: ops compute element by element already, so it is the function itself. */
export function vectorize<F extends (...xs: Value[]) => Value>(fn: F): F {
  return fn;
}
