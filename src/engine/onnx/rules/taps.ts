import type { GraphBuilder } from "../graph-builder.js";

/** A window that slides over the spatial axes of a tensor (N, C, ...spatial). */
export interface Sliding {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations?: readonly number[];
  /** Positions of the window. */
  readonly out: readonly number[];
}

/** The position of a window's element in row-major order, including padding. */
export function tapsOf({ window, dilations }: Sliding): number[][] {
  return window.reduce<number[][]>(
    (all, size, axis) =>
      all.flatMap((tap) => Array.from({ length: size }, (_, i) => [...tap, i * (dilations?.[axis] ?? 1)])),
    [[]],
  );
}

/** What each tap (element of the window) sees at all positions: one strided slice (N, C, ...out) per tap. */
export function tapSlices(x: string, sliding: Sliding, fill: number, graph: GraphBuilder): string[] {
  const { strides, padding, out } = sliding;
  const widths = [0, 0, ...padding.map(([low]) => low), 0, 0, ...padding.map(([, high]) => high)];
  const isPadded = widths.some((width) => width > 0);
  const padded = isPadded ? graph.node("Pad", [x, graph.ints(widths), graph.scalar(fill)]) : x;
  const axes = graph.ints(out.map((_, i) => i + 2));
  const steps = graph.ints(strides);
  return tapsOf(sliding).map((start) => {
    const end = start.map((from, i) => from + (out[i]! - 1) * strides[i]! + 1);
    return graph.node("Slice", [padded, graph.ints(start), graph.ints(end), axes, steps]);
  });
}
