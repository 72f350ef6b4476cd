import type { Value } from "../../graph/value.js";
import type { GraphBuilder } from "./graph-builder.js";

export type Slice = Value<"slice">;

/** Slices in order that together cover one value: one node can make them all. */
export function splits(values: readonly Value[]): Slice[][] {
  const families = new Map<Value, Slice[]>();
  for (const value of values) {
    const slice = value as Slice;
    if (value.op !== "slice" || slice.attrs.step !== 1) continue;
    const [x] = slice.inputs as readonly [Value];
    const family = families.get(x);
    if (family === undefined) families.set(x, [slice]);
    else family.push(slice);
  }
  return [...families].flatMap(([x, slices]) => {
    const { axis } = slices[0]!.attrs;
    const parts = slices.sort((a, b) => a.attrs.start - b.attrs.start);
    const follows = ({ attrs }: Slice, i: number): boolean =>
      attrs.axis === axis && attrs.start === (i === 0 ? 0 : parts[i - 1]!.attrs.end) && attrs.end > attrs.start;
    return parts.length > 1 && parts.every(follows) && parts.at(-1)!.attrs.end === x.shape[axis] ? [parts] : [];
  });
}

/** @returns the names of the parts, in the same order */
export function writeSplit(parts: readonly Slice[], x: string, graph: GraphBuilder): readonly string[] {
  const { axis } = parts[0]!.attrs;
  const sizes = graph.ints(parts.map(({ attrs }) => attrs.end - attrs.start));
  return graph.nodes("Split", [x, sizes], { axis }, { outputs: parts.length });
}
