import { FLOAT } from "./families.js";
import { checkArity, checkDType, misfit } from "./fit.js";
import type { ConvAttrs, PoolAttrs, PrimitiveName, ResultType } from "./primitive.js";
import type { Value } from "./value.js";

/** Positions of a window along one axis. */
export function outputSize(
  size: number,
  window: number,
  stride: number,
  [before, after]: readonly [number, number],
  dilation = 1,
): number {
  return Math.floor((size + before + after - (dilation * (window - 1) + 1)) / stride) + 1;
}

/** Spatial sizes of a convolution's result. */
export function convSizes(spatial: readonly number[], kernel: readonly number[], attrs: ConvAttrs): number[] {
  return spatial.map((size, i) =>
    outputSize(size, kernel[i]!, attrs.strides[i]!, attrs.padding[i]!, attrs.dilations[i]!),
  );
}

/** Spatial sizes of a pooling's result. */
export function poolSizes(spatial: readonly number[], attrs: PoolAttrs): number[] {
  return spatial.map((size, i) => outputSize(size, attrs.window[i]!, attrs.strides[i]!, attrs.padding[i]!));
}

/** Checks shared by a convolution and its two gradients: float32 operands with as many spatial axes as attributes. */
export function checkConv(op: PrimitiveName, inputs: readonly Value[], attrs: ConvAttrs): void {
  checkArity(op, inputs, 2);
  checkDType(op, inputs, 0, FLOAT);
  checkDType(op, inputs, 1, FLOAT);
  const rank = attrs.strides.length;
  const consistent = attrs.padding.length === rank && attrs.dilations.length === rank;
  const positive = [...attrs.strides, ...attrs.dilations, attrs.groups].every((n) => Number.isInteger(n) && n >= 1);
  if (!consistent || !positive || inputs.some(({ shape }) => shape.length !== rank + 2)) {
    throw misfit(op, inputs, `operands of rank ${rank + 2}, strides, dilations and groups >= 1`);
  }
  if (inputs.some(({ shape }) => shape.some((dim, axis) => axis > 0 && dim < 0))) {
    throw misfit(op, inputs, "the batch as first axis");
  }
}

/** The result type of a pooling. */
export function poolType(op: PrimitiveName, inputs: readonly Value[], attrs: PoolAttrs): ResultType {
  checkPool(op, inputs, attrs);
  const [n, channels, ...spatial] = inputs[0]!.shape;
  const sizes = poolSizes(spatial, attrs);
  if (sizes.some((size) => size < 1)) {
    throw misfit(op, inputs, `spatial axes at least as large as the window ${attrs.window.join(" x ")}`);
  }
  return { shape: [n!, channels!, ...sizes], dtype: "float32" };
}

/** Common checks of poolings and their gradients. */
export function checkPool(op: PrimitiveName, inputs: readonly Value[], attrs: PoolAttrs): void {
  const rank = attrs.window.length;
  inputs.forEach((value, i) => {
    checkDType(op, inputs, i, FLOAT);
    if (value.shape.length !== rank + 2) throw misfit(op, inputs, `operands of rank ${rank + 2}`);
    if (value.shape.some((dim, axis) => axis > 0 && dim < 0)) throw misfit(op, inputs, "the batch as first axis");
  });
  const covered = attrs.padding.every(([before, after], i) => before < attrs.window[i]! && after < attrs.window[i]!);
  if (attrs.strides.length !== rank || attrs.padding.length !== rank || !covered) {
    throw misfit(op, inputs, "strides and padding for each window axis, padding smaller than the window");
  }
}
