import type { Build } from "./build.js";
import type { Value } from "./value.js";

/** Gradients of maximum and minimum: all to the winner, half each where the operands are equal. */
export function splitAtTies(
  node: Value,
  dy: Value,
  g: Build,
  wins: (a: Value, b: Value) => Value,
): readonly [Value, Value] {
  const [a, b] = node.inputs as readonly [Value, Value];
  const zero = g.scalar(0);
  const tie = g.equal(a, b);
  const half = g.mul(dy, g.scalar(0.5));
  return [g.where(tie, half, g.where(wins(a, b), dy, zero)), g.where(tie, half, g.where(wins(b, a), dy, zero))];
}
