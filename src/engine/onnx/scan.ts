import { placeholders, type Scan } from "../../graph/step.js";
import type { Value } from "../../graph/value.js";
import type { GraphBuilder } from "./graph-builder.js";

/** Writes what `outputs` reach without passing `given`, for which `nameOf` has names; returns the names of it all. */
export type Write = (
  outputs: readonly Value[],
  given: ReadonlySet<Value>,
  graph: GraphBuilder,
  nameOf: (value: Value) => string,
) => ReadonlyMap<Value, string>;

/**
 * All results of a recurrence as one Scan node; captured values are read by their outside names.
 * @returns the names of the results, in the same order
 */
export function writeScan(
  results: readonly Scan[],
  operands: readonly string[],
  graph: GraphBuilder,
  write: Write,
): string[] {
  const { step } = results[0]!.attrs;
  const [states, looped] = [step.states.length, step.states.length + step.sequences.length];
  const leaves = placeholders(step);
  const stacked = [...new Set(results.filter(({ attrs }) => !attrs.last).map(({ attrs }) => attrs.of))];
  const body = graph.body(leaves.slice(0, looped), (own) => {
    const outer = new Map<Value, string>(leaves.map((leaf, i) => [leaf, own[i] ?? operands[i]!] as const));
    const outputs = [...step.next, ...stacked];
    const names = write(outputs, new Set(leaves), graph, (value) => outer.get(value)!);
    return outputs.map((value) => ({ name: names.get(value)!, shape: value.shape, dtype: value.dtype }));
  });
  const direction = (count: number): number[] => new Array<number>(count).fill(step.reverse ? 1 : 0);
  const attributes = {
    body,
    num_scan_inputs: step.sequences.length,
    scan_input_directions: direction(step.sequences.length),
    ...(stacked.length > 0 ? { scan_output_directions: direction(stacked.length) } : {}),
  };
  const names = graph.nodes("Scan", operands.slice(0, looped), attributes, { outputs: states + stacked.length });
  return results.map(({ attrs: { of, last } }) => names[last ? step.next.indexOf(of) : states + stacked.indexOf(of)]!);
}
