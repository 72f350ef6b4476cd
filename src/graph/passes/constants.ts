import { Tensor } from "../../core/tensor.js";
import { withInputs } from "../apply.js";
import { build } from "../build.js";
import { batchAxisOf, product } from "../fit.js";
import { interpret } from "../interpreter/index.js";
import type { Value } from "../value.js";
import { is, rewrite } from "./rewrite.js";

/** Results with more elements are not kept as constants. */
const LIMIT = 64;

/** Constant folding: computes small values that depend on constants alone. */
export function foldConstants(outputs: readonly Value[]): Value[] {
  return rewrite(outputs, (node, inputs) => {
    if (inputs.length === 0 || !inputs.every((input) => is(input, "constant"))) return null;
    if (batchAxisOf(node.shape) >= 0 || product(node.shape) > LIMIT) return null;
    return evaluated(withInputs(node, inputs));
  });
}

/** A value that depends on constants alone, as a constant; float32 results are rounded to float32. */
export function evaluated(value: Value): Value {
  const [result] = interpret([value]);
  return build.constant(new Tensor(result!.data, value.shape, value.dtype).cast(value.dtype));
}

/** Whether every element is `number`. */
export function isFilledWith(value: Value, number: number): boolean {
  if (is(value, "broadcast")) return isFilledWith(value.inputs[0]!, number);
  return is(value, "constant") && (value.attrs.tensor.data as Float32Array).every((x) => x === number);
}
