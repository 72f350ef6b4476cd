import { type Field, type Fields, float, oneOf } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import { build, type Value } from "../../graph/index.js";
import { add } from "../add.js";
import { divide } from "../divide.js";
import { expandDims } from "../expand-dims.js";
import { multiply } from "../multiply.js";
import { slice } from "../slice.js";
import { type DataFormat, dataFormatField } from "../spatial.js";
import type { ImageBatch } from "./layout.js";
import { placed } from "./placed.js";
import type { FillMode } from "./sampling.js";

/** How pixels between pixels are computed. */
export type TransformInterpolation = "bilinear" | "nearest";

export const transformInterpolationField: Field<TransformInterpolation> = oneOf(["bilinear", "nearest"], {
  default: "bilinear",
});

/** Options that all transformations of images have. */
export interface TransformOptions {
  /** Default "bilinear". */
  readonly interpolation?: TransformInterpolation;
  /** The number outside of the image. Default 0. */
  readonly fillValue?: number;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

export const TRANSFORM: Fields<TransformOptions> = {
  interpolation: transformInterpolationField,
  fillValue: float({}, { default: 0 }),
  dataFormat: dataFormatField,
};

/** Numbers of all pixels' columns and rows, (1, height * width). */
export function pixelGrid(height: number, width: number): { readonly x: Value; readonly y: Value } {
  const grid = (at: (i: number) => number): Value =>
    build.constant(
      new Tensor(
        Float32Array.from({ length: height * width }, (_, i) => at(i)),
        [1, height * width],
      ),
    );
  return { x: grid((i) => i % width), y: grid((i) => Math.floor(i / width)) };
}

/**
 * Images of which each pixel (x, y) comes from ((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k) with k = c0 x + c1 y + 1;
 * `transform` has (batch or 1, 8) numbers a0, a1, a2, b0, b1, b2, c0, c1.
 */
export function transformed(
  batch: ImageBatch,
  transform: Value,
  interpolation: TransformInterpolation,
  fillMode: FillMode,
  fillValue: number,
): Value {
  const { x, y } = pixelGrid(batch.height, batch.width);
  const [a0, a1, a2, b0, b1, b2, c0, c1] = Array.from({ length: 8 }, (_, i) => slice(transform, 1, i, i + 1)) as [
    Value,
    Value,
    Value,
    Value,
    Value,
    Value,
    Value,
    Value,
  ];
  const sum = (byX: Value, byY: Value, rest: Value | number): Value =>
    add(add(multiply(byX, x), multiply(byY, y)), rest);
  const depth = sum(c0, c1, 1);
  const order = interpolation === "nearest" ? 0 : 1;
  const rows = divide(sum(b0, b1, b2), depth);
  const columns = divide(sum(a0, a1, a2), depth);
  return placed(batch, rows, columns, { order, fillMode, fillValue });
}

/** One transformation as a batch of one. */
export function asBatch(numbers: Value, rank: number): Value {
  return numbers.shape.length === rank - 1 ? expandDims(numbers, 0) : numbers;
}
