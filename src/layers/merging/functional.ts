import type { KerasTensor } from "../base/keras-tensor.js";
import type { LayerOptions } from "../options/layer-options.js";
import { Add } from "./add.js";
import { Average } from "./average.js";
import { Concatenate, type ConcatenateOptions } from "./concatenate.js";
import { Dot, type DotOptions } from "./dot.js";
import { Maximum } from "./maximum.js";
import { Minimum } from "./minimum.js";
import { Multiply } from "./multiply.js";
import { Subtract } from "./subtract.js";

// The layers of merging as functions of a network's tensors: each call makes a layer and applies it. Inside `call`, use `ops`.

/** The sum of tensors: `new layers.Add(options).apply(inputs)`. */
export function add(inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor {
  return new Add(options).apply(inputs);
}

/** The mean of tensors: `new layers.Average(options).apply(inputs)`. */
export function average(inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor {
  return new Average(options).apply(inputs);
}

/** Tensors joined along an axis, by default the last: `new layers.Concatenate(options).apply(inputs)`. */
export function concatenate(inputs: readonly KerasTensor[], options?: ConcatenateOptions): KerasTensor {
  return new Concatenate(options).apply(inputs);
}

/** Products of two tensors, added up along an axis of each: `new layers.Dot(axes, options).apply(inputs)`. Default axes: -1. */
export function dot(
  inputs: readonly KerasTensor[],
  axes: number | readonly [number, number] = -1,
  options?: DotOptions,
): KerasTensor {
  return new Dot(axes, options).apply(inputs);
}

/** The largest of tensors, element by element: `new layers.Maximum(options).apply(inputs)`. */
export function maximum(inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor {
  return new Maximum(options).apply(inputs);
}

/** The smallest of tensors, element by element: `new layers.Minimum(options).apply(inputs)`. */
export function minimum(inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor {
  return new Minimum(options).apply(inputs);
}

/** The product of tensors: `new layers.Multiply(options).apply(inputs)`. */
export function multiply(inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor {
  return new Multiply(options).apply(inputs);
}

/** The first tensor less the second: `new layers.Subtract(options).apply(inputs)`. */
export function subtract(inputs: readonly KerasTensor[], options?: LayerOptions): KerasTensor {
  return new Subtract(options).apply(inputs);
}
