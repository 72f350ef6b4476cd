import type { KerasTensor } from "../layers/index.js";

/**
 * The tensors of `Input()` that a tensor of a network comes from, each once, in the order in which a walk back from it
 * meets them. An input gives itself.
 */
export function getSourceInputs(tensor: KerasTensor): KerasTensor[] {
  const found = new Set<KerasTensor>();
  const seen = new Set<KerasTensor>();
  // A stack instead of recursion, since networks may be deeper than the call stack.
  const stack = [tensor];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.node.isInput) found.add(next);
    else stack.push(...[...next.node.inputs].reverse());
  }
  return [...found];
}
