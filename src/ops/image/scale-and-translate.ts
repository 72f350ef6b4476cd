import { ShapeError } from "../../core/errors.js";
import { bool, type Fields, oneOf, resolveOptions } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Dims, Value } from "../../graph/index.js";
import { axisOf } from "../axes.js";
import { type Operand, toFloat } from "../operand.js";
import { slice } from "../slice.js";
import { squeeze } from "../squeeze.js";
import { product } from "./along-side.js";
import { type Kernel, movedSamples, weightMatrix } from "./kernels.js";

/** Keras's name of a kernel, which may count the axes. */
export type ScaleMethod =
  | "linear"
  | "bilinear"
  | "trilinear"
  | "cubic"
  | "bicubic"
  | "tricubic"
  | "lanczos3"
  | "lanczos5";

const METHODS: Readonly<Record<ScaleMethod, Kernel>> = {
  linear: "bilinear",
  bilinear: "bilinear",
  trilinear: "bilinear",
  cubic: "bicubic",
  bicubic: "bicubic",
  tricubic: "bicubic",
  lanczos3: "lanczos3",
  lanczos5: "lanczos5",
};

/** Options of `image.scaleAndTranslate`. */
export interface ScaleAndTranslateOptions {
  /** How pixels between pixels are computed. Default "linear". */
  readonly method?: ScaleMethod;
  /** Whether shrinking averages over all pixels that a new one covers. Default true. */
  readonly antialias?: boolean;
}

const FIELDS: Fields<ScaleAndTranslateOptions> = {
  method: oneOf(Object.keys(METHODS) as ScaleMethod[], { default: "linear" }),
  antialias: bool(true),
};

/**
 * Axes scaled and moved, one number each in `scale` and `translation` (in pixels of the result) for the axes in
 * `spatialDims`; they may be computed, and get gradients. What lies outside is 0. `outputShape` has the other axes as
 * they are.
 */
export function scaleAndTranslate(
  images: Operand,
  outputShape: Dims,
  scale: Operand,
  translation: Operand,
  spatialDims: readonly number[],
  options?: ScaleAndTranslateOptions,
): Value {
  const { method, antialias } = resolveOptions("image.scaleAndTranslate", FIELDS, options);
  const x = toFloat(images);
  const axes = spatialDims.map((axis) => axisOf("image.scaleAndTranslate", x.shape, axis));
  const [factors, moves] = [toFloat(scale), toFloat(translation)];
  const others = x.shape.every((dim, axis) => axes.includes(axis) || dim === outputShape[axis]);
  const oneEach = [factors, moves].every(({ shape }) => shape.length === 1 && shape[0] === axes.length);
  if (!others || outputShape.length !== x.shape.length || !oneEach) {
    throw new ShapeError({
      code: "scale-and-translate",
      what: "image.scaleAndTranslate has arguments that do not fit each other",
      received: `images ${formatShape(x.shape)}, outputShape ${formatShape(outputShape)}, scale ${formatShape(factors.shape)}, translation ${formatShape(moves.shape)}, spatialDims [${spatialDims.join(", ")}]`,
      expected:
        "the sizes of the images but for the axes in spatialDims, and a scale and a translation for each of these",
    });
  }
  const at = (numbers: Value, i: number): Value => squeeze(slice(numbers, 0, i, i + 1), 0);
  return axes.reduce((done, axis, i) => {
    const samples = movedSamples(x.shape[axis]!, outputShape[axis]!, at(factors, i), at(moves, i));
    return product(done, axis, weightMatrix(METHODS[method], samples, antialias));
  }, x);
}
