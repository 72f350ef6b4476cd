import { bool, type Fields } from "../core/options.js";
import { Constant } from "../initializers/index.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, channelsOf, conv, depthwise } from "./blocks.js";
import { classifier, kernels, residual, squeezed } from "./efficientnet.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

export interface EfficientNetV2Options extends ApplicationOptions {
  /** Whether the model scales its images from 0 to 255 itself. Default true. */
  readonly includePreprocessing?: boolean;
}

const FIELDS: Fields<EfficientNetV2Options> = { ...applicationFields, includePreprocessing: bool(true) };

/** Repeats, filters in and out, expansion, stride, and whether it squeezes (which fused blocks do not). */
type Row = readonly [repeats: number, from: number, to: number, expansion: number, strides: number, squeeze: boolean];

const B: readonly Row[] = [
  [1, 32, 16, 1, 1, false],
  [2, 16, 32, 4, 2, false],
  [2, 32, 48, 4, 2, false],
  [3, 48, 96, 4, 2, true],
  [5, 96, 112, 6, 1, true],
  [8, 112, 192, 6, 2, true],
];
const S: readonly Row[] = [
  [2, 24, 24, 1, 1, false],
  [4, 24, 48, 4, 2, false],
  [4, 48, 64, 4, 2, false],
  [6, 64, 128, 4, 2, true],
  [9, 128, 160, 6, 1, true],
  [15, 160, 256, 6, 2, true],
];
const M: readonly Row[] = [
  [3, 24, 24, 1, 1, false],
  [5, 24, 48, 4, 2, false],
  [5, 48, 80, 4, 2, false],
  [7, 80, 160, 4, 2, true],
  [14, 160, 176, 6, 1, true],
  [18, 176, 304, 6, 2, true],
  [5, 304, 512, 6, 1, true],
];
const L: readonly Row[] = [
  [4, 32, 32, 1, 1, false],
  [7, 32, 64, 4, 2, false],
  [7, 64, 96, 4, 2, false],
  [10, 96, 192, 4, 2, true],
  [19, 192, 224, 6, 1, true],
  [25, 224, 384, 6, 2, true],
  [7, 384, 640, 6, 1, true],
];

const bare = { padding: "same", useBias: false } as const;
const norm = (x: KerasTensor, name: string): KerasTensor => batchNorm(x, { axis: 3, momentum: 0.9, name });
const swish = (x: KerasTensor, name: string): KerasTensor => activation(x, "swish", name);

interface Block {
  readonly from: number;
  readonly to: number;
  readonly expansion: number;
  readonly strides: number;
  readonly squeeze: boolean;
  readonly rate: number;
  readonly name: string;
}

/** Expansion and window in one convolution. */
function fused(x: KerasTensor, { from, to, expansion, strides, name }: Block): KerasTensor {
  let y = x;
  if (expansion !== 1) {
    y = conv(y, from * expansion, 3, { ...bare, strides, kernelInitializer: kernels(), name: `${name}expand_conv` });
    y = swish(norm(y, `${name}expand_bn`), `${name}expand_activation`);
    return norm(
      conv(y, to, 1, { ...bare, kernelInitializer: kernels(), name: `${name}project_conv` }),
      `${name}project_bn`,
    );
  }
  y = conv(y, to, 3, { ...bare, strides, kernelInitializer: kernels(), name: `${name}project_conv` });
  return swish(norm(y, `${name}project_bn`), `${name}project_activation`);
}

function separated(x: KerasTensor, { from, to, expansion, strides, name }: Block): KerasTensor {
  const filters = from * expansion;
  let y = conv(x, filters, 1, { ...bare, kernelInitializer: kernels(), name: `${name}expand_conv` });
  y = swish(norm(y, `${name}expand_bn`), `${name}expand_activation`);
  y = depthwise(y, 3, { ...bare, strides, depthwiseInitializer: kernels(), name: `${name}dwconv2` });
  y = swish(norm(y, `${name}bn`), `${name}activation`);
  y = squeezed(y, filters, Math.max(1, Math.trunc(from / 4)), name);
  return norm(
    conv(y, to, 1, { ...bare, kernelInitializer: kernels(), name: `${name}project_conv` }),
    `${name}project_bn`,
  );
}

function block(x: KerasTensor, row: Block): KerasTensor {
  const y = row.squeeze ? separated(x, row) : fused(x, row);
  return row.strides === 1 && row.from === row.to ? residual(y, x, row.rate, row.name) : y;
}

interface Size {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly depth: number;
}

function body(images: KerasTensor, { rows, width, depth }: Size): KerasTensor {
  // Unlike in the first version, rounding down by more than a tenth is not mended.
  const filters = (count: number) => Math.max(8, Math.floor(Math.trunc(count * width + 4) / 8) * 8);
  const first = { ...bare, strides: 2, kernelInitializer: kernels(), name: "stem_conv" } as const;
  let x = swish(norm(conv(images, filters(rows[0]![1]), 3, first), "stem_bn"), "stem_activation");
  // Keras counts the blocks of the unscaled table.
  const total = rows.reduce((count, [repeats]) => count + repeats, 0);
  let count = 0;
  rows.forEach(([repeats, from, to, expansion, strides, squeeze], stage) => {
    for (let i = 0; i < Math.ceil(depth * repeats); i++) {
      const ends = { from: filters(i === 0 ? from : to), to: filters(to), strides: i === 0 ? strides : 1 };
      const name = `block${stage + 1}${String.fromCharCode(97 + i)}_`;
      x = block(x, { ...ends, expansion, squeeze, rate: (0.2 * count++) / total, name });
    }
  });
  x = conv(x, filters(1280), 1, { ...bare, kernelInitializer: kernels(), name: "top_conv" });
  return swish(norm(x, "top_bn"), "top_activation");
}

/** Images from 0 to 255 as the body wants them. */
function prepared(images: KerasTensor, small: boolean): KerasTensor {
  if (!small || channelsOf(images) !== 3) return new layers.Rescaling(1 / 128, { offset: -1 }).apply(images);
  const scaled = new layers.Rescaling(1 / 255).apply(images);
  const variance = [0.229 ** 2, 0.224 ** 2, 0.225 ** 2];
  return new layers.Normalization({ mean: [0.485, 0.456, 0.406], variance, axis: 3 }).apply(scaled);
}

function efficientnetV2(
  variant: string,
  rows: readonly Row[],
  size: number,
  width = 1,
  depth = 1,
): MakesModel<EfficientNetV2Options> {
  const owner = `EfficientNetV2${variant}`;
  return application({
    owner,
    fields: FIELDS,
    name: `efficientnetv2-${variant.toLowerCase()}`,
    size,
    layers(images, known) {
      const x = known.includePreprocessing ? prepared(images, variant.startsWith("B")) : images;
      return head(body(x, { rows, width, depth }), known, {
        pool: "avg_pool",
        instead: { avg: "avg_pool", max: "max_pool" },
        before: (y) => new layers.Dropout(0.2, { name: "top_dropout" }).apply(y),
        dense: { kernelInitializer: classifier(), biasInitializer: new Constant({ value: 0 }) },
      });
    },
  });
}

/** EfficientNet V2 B0 (Tan and Le 2021, arXiv:2104.00298), for images of 224 x 224 from 0 to 255. */
export const EfficientNetV2B0: MakesModel<EfficientNetV2Options> = efficientnetV2("B0", B, 224);
/** EfficientNet V2 B1, for images of 240 x 240. */
export const EfficientNetV2B1: MakesModel<EfficientNetV2Options> = efficientnetV2("B1", B, 240, 1, 1.1);
/** EfficientNet V2 B2, for images of 260 x 260. */
export const EfficientNetV2B2: MakesModel<EfficientNetV2Options> = efficientnetV2("B2", B, 260, 1.1, 1.2);
/** EfficientNet V2 B3, for images of 300 x 300. */
export const EfficientNetV2B3: MakesModel<EfficientNetV2Options> = efficientnetV2("B3", B, 300, 1.2, 1.4);
/** EfficientNet V2 S, for images of 384 x 384. */
export const EfficientNetV2S: MakesModel<EfficientNetV2Options> = efficientnetV2("S", S, 384);
/** EfficientNet V2 M, for images of 480 x 480. */
export const EfficientNetV2M: MakesModel<EfficientNetV2Options> = efficientnetV2("M", M, 480);
/** EfficientNet V2 L, for images of 480 x 480. */
export const EfficientNetV2L: MakesModel<EfficientNetV2Options> = efficientnetV2("L", L, 480);
