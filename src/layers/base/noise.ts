import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "./call-context.js";
import type { Layer } from "./layer.js";

/** How much is dropped, and the seed that tells this mask from others. */
export interface DropOptions {
  readonly rate: number;
  readonly seed: number | null;
}

/** The random stream that a layer with this seed draws from. */
export function purposeOf(name: string, seed: number | null): string {
  return seed === null ? name : `${name}:${seed}`;
}

/** True where an element is kept: uniform numbers of shape `dims` that are at least `rate`. */
export function keepMask({ rate, seed }: DropOptions, dims: Dims, context: CallContext): Value {
  return ops.greaterEqual(context.random(purposeOf("dropout", seed), dims, "uniform"), rate);
}

/** Drops elements by a mask of shape `dims` and scales the rest. Outside of training it returns x. */
export function dropout(x: Value, options: DropOptions, dims: Dims, context: CallContext): Value {
  const { rate } = options;
  if (!context.training || rate === 0) return x;
  if (rate === 1) return ops.multiply(x, 0);
  return ops.where(keepMask(options, dims, context), ops.multiply(x, 1 / (1 - rate)), 0);
}

/**
 * The dims of a mask: those of x where `shape` is null. A size of the batch stands for whatever size it has.
 * @throws {ShapeError} when the mask does not broadcast to x
 */
export function noiseDims(layer: Layer, x: Value, shape: Shape | null): Dims {
  if (shape === null) return x.shape;
  const fits =
    shape.length === x.shape.length &&
    shape.every((dim, i) => dim === null || dim === 1 || i === 0 || dim === x.shape[i]);
  if (!fits) {
    throw new ShapeError({
      code: "noise-shape",
      what: `The noiseShape of ${layer.label} does not fit its input`,
      received: formatShape(shape),
      expected: `1, null or the size of the input at each axis of ${formatShape(x.shape)}`,
      data: { layer: layer.name },
    });
  }
  return shape.map((dim, i) => (dim === null || (i === 0 && dim !== 1) ? x.shape[i]! : dim));
}
