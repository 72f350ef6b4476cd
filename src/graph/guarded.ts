import { build } from "./build.js";
import { Substitution } from "./substitute.js";
import type { Value } from "./value.js";

/**
 * The values that `trace` makes, for use where `isTaken`, a bool scalar, is true: no gradient leaves them where it is
 * false, not even NaN. Each float that they take from outside is the same value with a gate in front of its gradient.
 */
export function guarded(isTaken: Value, trace: () => readonly Value[]): Value[] {
  const last = build.scalar(0).id;
  const outputs = trace();
  const gates = new Map<Value, Value>();
  const inside = new Substitution((value) => {
    if (value.id > last && value.op !== "input") return null;
    if (value.dtype !== "float32" || value.op === "constant") return value;
    const known = gates.get(value) ?? build.where(isTaken, value, build.stopGradient(value));
    gates.set(value, known);
    return known;
  });
  return outputs.map((output) => inside.of(output));
}
