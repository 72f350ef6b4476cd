import { bool, type Fields } from "../core/options.js";
import { VarianceScaling } from "../initializers/index.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import {
  activation,
  averagePool,
  batchNorm,
  conv,
  depthwise,
  divisible,
  padForStride,
  product,
  sum,
} from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

export interface EfficientNetOptions extends ApplicationOptions {
  /**
   * Whether images are also scaled as Keras's own weights for ImageNet want it: give true with those files, which Keras
   * names efficientnetb0.h5 and the like. Default false, as Keras does for other files.
   */
  readonly imagenetScaling?: boolean;
}

const FIELDS: Fields<EfficientNetOptions> = { ...applicationFields, imagenetScaling: bool(false) };

/** Window, repeats, filters in and out, expansion and stride of each block of the smallest one. */
const BLOCKS: readonly (readonly [
  kernel: number,
  repeats: number,
  from: number,
  to: number,
  expansion: number,
  strides: number,
])[] = [
  [3, 1, 32, 16, 1, 1],
  [3, 2, 16, 24, 6, 2],
  [5, 2, 24, 40, 6, 2],
  [3, 3, 40, 80, 6, 2],
  [5, 3, 80, 112, 6, 1],
  [5, 4, 112, 192, 6, 2],
  [3, 1, 192, 320, 6, 1],
];

/** How kernels of convolutions, and the classifier's, begin. */
export const kernels = (): VarianceScaling =>
  new VarianceScaling({ scale: 2, mode: "fan_out", distribution: "truncated_normal" });
export const classifier = (): VarianceScaling =>
  new VarianceScaling({ scale: 1 / 3, mode: "fan_out", distribution: "uniform" });

const norm = (x: KerasTensor, name: string): KerasTensor => batchNorm(x, { axis: 3, name });
const swish = (x: KerasTensor, name: string): KerasTensor => activation(x, "swish", name);

/** Channels weighed by what all of the image says of them (Hu et al. 2017, arXiv:1709.01507). */
export function squeezed(x: KerasTensor, filters: number, narrow: number, name: string): KerasTensor {
  const means = averagePool(x, { name: `${name}se_squeeze` });
  const image = new layers.Reshape([1, 1, filters], { name: `${name}se_reshape` }).apply(means);
  const convolved = (y: KerasTensor, to: number, of: "swish" | "sigmoid", part: string) =>
    conv(y, to, 1, { padding: "same", activation: of, kernelInitializer: kernels(), name: `${name}${part}` });
  const weights = convolved(convolved(image, narrow, "swish", "se_reduce"), filters, "sigmoid", "se_expand");
  return product([x, weights], `${name}se_excite`);
}

/** The block's output plus its input; in training, rows of the output are dropped. */
export function residual(y: KerasTensor, x: KerasTensor, rate: number, name: string): KerasTensor {
  const noise = { noiseShape: [null, 1, 1, 1], name: `${name}drop` } as const;
  return sum([rate > 0 ? new layers.Dropout(rate, noise).apply(y) : y, x], `${name}add`);
}

interface Block {
  readonly kernel: number;
  readonly from: number;
  readonly to: number;
  readonly expansion: number;
  readonly strides: number;
  readonly rate: number;
  readonly name: string;
}

function block(x: KerasTensor, { kernel, from, to, expansion, strides, rate, name }: Block): KerasTensor {
  const bare = { padding: "same", useBias: false } as const;
  const filters = from * expansion;
  let y = x;
  if (expansion !== 1) {
    y = conv(y, filters, 1, { ...bare, kernelInitializer: kernels(), name: `${name}expand_conv` });
    y = swish(norm(y, `${name}expand_bn`), `${name}expand_activation`);
  }
  if (strides === 2) y = padForStride(y, kernel, `${name}dwconv_pad`);
  const padding = strides === 2 ? "valid" : "same";
  y = depthwise(y, kernel, {
    strides,
    padding,
    useBias: false,
    depthwiseInitializer: kernels(),
    name: `${name}dwconv`,
  });
  y = swish(norm(y, `${name}bn`), `${name}activation`);
  y = squeezed(y, filters, Math.max(1, Math.trunc(from / 4)), name);
  y = norm(conv(y, to, 1, { ...bare, kernelInitializer: kernels(), name: `${name}project_conv` }), `${name}project_bn`);
  return strides === 1 && from === to ? residual(y, x, rate, name) : y;
}

function body(images: KerasTensor, { width, depth }: Size, imagenetScaling: boolean): KerasTensor {
  const filters = (count: number) => divisible(count * width);
  const repeated = (count: number) => Math.ceil(depth * count);
  let x = new layers.Normalization({ axis: 3 }).apply(new layers.Rescaling(1 / 255).apply(images));
  if (imagenetScaling)
    x = new layers.Rescaling([0.229, 0.224, 0.225].map((deviation) => 1 / Math.sqrt(deviation))).apply(x);
  const first = {
    strides: 2,
    padding: "valid",
    useBias: false,
    kernelInitializer: kernels(),
    name: "stem_conv",
  } as const;
  x = swish(norm(conv(padForStride(x, 3, "stem_conv_pad"), filters(32), 3, first), "stem_bn"), "stem_activation");
  const total = BLOCKS.reduce((count, [, repeats]) => count + repeated(repeats), 0);
  let count = 0;
  BLOCKS.forEach(([kernel, repeats, from, to, expansion, strides], stage) => {
    for (let i = 0; i < repeated(repeats); i++) {
      x = block(x, {
        kernel,
        from: filters(i === 0 ? from : to),
        to: filters(to),
        expansion,
        strides: i === 0 ? strides : 1,
        rate: (0.2 * count++) / total,
        name: `block${stage + 1}${"abcdefghijklmnopqrstuvwxyz"[i]}_`,
      });
    }
  });
  x = conv(x, filters(1280), 1, { padding: "same", useBias: false, kernelInitializer: kernels(), name: "top_conv" });
  return swish(norm(x, "top_bn"), "top_activation");
}

interface Size {
  readonly width: number;
  readonly depth: number;
}

function efficientnet(
  variant: string,
  width: number,
  depth: number,
  size: number,
  dropout: number,
): MakesModel<EfficientNetOptions> {
  const owner = `EfficientNet${variant}`;
  return application({
    owner,
    fields: FIELDS,
    name: owner.toLowerCase(),
    size,
    layers: (images, known) =>
      head(body(images, { width, depth }, known.imagenetScaling), known, {
        pool: "avg_pool",
        instead: { avg: "avg_pool", max: "max_pool" },
        before: (x) => new layers.Dropout(dropout, { name: "top_dropout" }).apply(x),
        dense: { kernelInitializer: classifier() },
      }),
  });
}

/** EfficientNet B0 (Tan and Le 2019, arXiv:1905.11946), for images of 224 x 224 from 0 to 255, which it scales itself. */
export const EfficientNetB0: MakesModel<EfficientNetOptions> = efficientnet("B0", 1, 1, 224, 0.2);
/** EfficientNet B1, for images of 240 x 240. */
export const EfficientNetB1: MakesModel<EfficientNetOptions> = efficientnet("B1", 1, 1.1, 240, 0.2);
/** EfficientNet B2, for images of 260 x 260. */
export const EfficientNetB2: MakesModel<EfficientNetOptions> = efficientnet("B2", 1.1, 1.2, 260, 0.3);
/** EfficientNet B3, for images of 300 x 300. */
export const EfficientNetB3: MakesModel<EfficientNetOptions> = efficientnet("B3", 1.2, 1.4, 300, 0.3);
/** EfficientNet B4, for images of 380 x 380. */
export const EfficientNetB4: MakesModel<EfficientNetOptions> = efficientnet("B4", 1.4, 1.8, 380, 0.4);
/** EfficientNet B5, for images of 456 x 456. */
export const EfficientNetB5: MakesModel<EfficientNetOptions> = efficientnet("B5", 1.6, 2.2, 456, 0.4);
/** EfficientNet B6, for images of 528 x 528. */
export const EfficientNetB6: MakesModel<EfficientNetOptions> = efficientnet("B6", 1.8, 2.6, 528, 0.5);
/** EfficientNet B7, for images of 600 x 600. */
export const EfficientNetB7: MakesModel<EfficientNetOptions> = efficientnet("B7", 2, 3.1, 600, 0.5);
