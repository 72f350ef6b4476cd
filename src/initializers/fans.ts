import type { StaticShape } from "../core/shape.js";

/** Inputs and outputs of one unit. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * Keras's rule (`compute_fans`): (in, out) for matrices; for kernels (…window, in, out), each times the window's size.
 * With both lists of axes given, the products of those dimensions.
 */
export function computeFans(
  shape: StaticShape,
  inputAxes: readonly number[] | null = null,
  outputAxes: readonly number[] | null = null,
): Fans {
  if (inputAxes !== null && outputAxes !== null) {
    return {
      fanIn: product(inputAxes.map((axis) => shape.at(axis)!)),
      fanOut: product(outputAxes.map((axis) => shape.at(axis)!)),
    };
  }
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0]!, fanOut: shape[0]! };
  const window = product(shape.slice(0, -2));
  return { fanIn: shape.at(-2)! * window, fanOut: shape.at(-1)! * window };
}

function product(dims: readonly number[]): number {
  return dims.reduce((size, dim) => size * dim, 1);
}
