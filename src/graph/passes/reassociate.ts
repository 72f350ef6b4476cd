import { withInputs } from "../apply.js";
import { build } from "../build.js";
import type { Value } from "../value.js";
import { is, rewrite } from "./rewrite.js";

/**
 * In products of several factors, groups those that do not depend on `leaves`: (x * a) * b -> x * (a * b) where only x
 * does. Steps of a recurrence then multiply by one factor, which is computed before them.
 */
export function reassociate(outputs: readonly Value[], leaves: ReadonlySet<Value>): Value[] {
  const dependent = new Set<Value>(leaves);
  const note = (value: Value): Value => {
    if (value.inputs.some((input) => dependent.has(input))) dependent.add(value);
    return value;
  };
  return rewrite(outputs, (node, inputs) => {
    const value = note(withInputs(node, inputs));
    if (!is(value, "mul")) return value;
    const [outer, factor] = split(value, dependent) ?? [];
    if (!is(outer, "mul")) return value;
    const [x, inner] = split(outer, dependent) ?? [];
    return x === undefined ? value : note(build.mul(x, note(build.mul(inner!, factor!))));
  });
}

/** The factors of a product, the dependent one first; null unless exactly one is dependent. */
function split({ inputs: [a, b] }: Value, dependent: ReadonlySet<Value>): readonly [Value, Value] | null {
  if (dependent.has(a!) === dependent.has(b!)) return null;
  return dependent.has(a!) ? [a!, b!] : [b!, a!];
}
