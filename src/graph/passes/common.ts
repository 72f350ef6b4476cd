import { withInputs } from "../apply.js";
import type { PrimitiveName } from "../primitive.js";
import { attrText } from "../print.js";
import { isScan, placeholders, type Scan } from "../step.js";
import type { Value } from "../value.js";
import { is, rewrite } from "./rewrite.js";

const COMMUTATIVE: ReadonlySet<PrimitiveName> = new Set(["add", "mul", "maximum", "minimum", "equal", "and", "or"]);

/** Constants with more elements are not compared. */
const LIMIT = 64;

/** Common subexpression elimination: equal computations become one value. Inputs are never merged. */
export function mergeCommon(outputs: readonly Value[]): Value[] {
  const first = new Map<string, Value>();
  return rewrite(outputs, (node, inputs) => {
    const value = withInputs(node, inputs);
    const key = keyOf(value);
    if (key === null) return value;
    const known = first.get(key);
    if (known === undefined) first.set(key, value);
    return known ?? value;
  });
}

function keyOf(value: Value): string | null {
  // Stated gradients are gone before anything is computed.
  if (value.op === "input" || value.op === "customGradient") return null;
  if (is(value, "constant")) {
    const { tensor } = value.attrs;
    return tensor.size > LIMIT
      ? null
      : `${tensor.dtype} ${attrText([...tensor.shape])} ${attrText(Array.from(tensor.data as Float32Array))}`;
  }
  const ids = value.inputs.map((input) => input.id);
  if (COMMUTATIVE.has(value.op)) ids.sort((a, b) => a - b);
  if (isScan(value)) return scanKey(value, ids);
  const attrs = Object.entries(value.attrs).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${value.op} ${ids.join(" ")} ${attrs.map(([key, x]) => `${key}=${attrText(x)}`).join(" ")}`;
}

/** Steps are merged together with their recurrences, so comparing them by identity is enough here. */
function scanKey({ attrs: { step, of, last } }: Scan, ids: readonly number[]): string {
  const parts = [placeholders(step), step.next, [of]].map((values) => values.map((value) => value.id).join(" "));
  return `scan ${ids.join(" ")} ${step.reverse} ${last} ${parts.join("; ")}`;
}
