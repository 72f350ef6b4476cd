import { withInputs } from "../apply.js";
import { withOrigin } from "../origin.js";
import type { Value } from "../value.js";
import { reachable } from "../walk.js";

/** The replacement for `node`, whose inputs have been rewritten to `inputs`; null to keep it. */
export type RewriteRule = (node: Value, inputs: readonly Value[]) => Value | null;

/** Rewrites a graph from its leaves up. Values that no rule changes stay the same objects. */
export function rewrite(outputs: readonly Value[], rule: RewriteRule): Value[] {
  const done = new Map<Value, Value>();
  for (const node of reachable(outputs)) {
    const inputs = node.inputs.map((input) => done.get(input)!);
    done.set(
      node,
      withOrigin(node, () => rule(node, inputs) ?? withInputs(node, inputs)),
    );
  }
  return outputs.map((output) => done.get(output)!);
}

/** Narrows a value to one operation. */
export function is<P extends Value["op"]>(value: Value | undefined, op: P): value is Value<P> {
  return value?.op === op;
}
