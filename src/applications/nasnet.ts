import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, channelsOf, conv, join, padForStride, separable, sum, zeroPad } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

interface Sizes {
  readonly size: number;
  /** As Keras has it, the mobile one has a size without its classifier too. */
  readonly isSized: boolean;
  readonly penultimate: number;
  readonly blocks: number;
  readonly stem: number;
  readonly skipReduction: boolean;
}

/** What a cell gives: its output, and its input for the cell after the next. */
type Cell = (x: KerasTensor, before: KerasTensor | null, filters: number, id: string) => KerasTensor;

const norm = (x: KerasTensor, name: string): KerasTensor =>
  batchNorm(x, { axis: -1, momentum: 0.9997, epsilon: 1e-3, name });
const relu = (x: KerasTensor, name?: string): KerasTensor => activation(x, "relu", name);

/** A convolution of windows of 1. */
const mixed = (x: KerasTensor, filters: number, name: string): KerasTensor =>
  conv(x, filters, 1, { strides: 1, padding: "same", useBias: false, kernelInitializer: "he_normal", name });

const averaged = (x: KerasTensor, strides: number, name: string): KerasTensor =>
  new layers.AveragePooling2D(3, { strides, padding: strides === 1 ? "same" : "valid", name }).apply(x);

const largest = (x: KerasTensor, name: string): KerasTensor =>
  new layers.MaxPooling2D(3, { strides: 2, padding: "valid", name }).apply(x);

/** Two separable convolutions, the first of which may halve height and width. */
function twice(x: KerasTensor, filters: number, size: number, id: string, strides = 1): KerasTensor {
  let y = relu(x);
  if (strides === 2) y = padForStride(y, size, `separable_conv_1_pad_${id}`);
  y = separable(y, filters, size, `separable_conv_1_${id}`, strides === 2 ? "valid" : "same", strides);
  y = relu(norm(y, `separable_conv_1_bn_${id}`));
  return norm(separable(y, filters, size, `separable_conv_2_${id}`), `separable_conv_2_bn_${id}`);
}

/** The output of the cell before the last in the shape of the last one's. */
function adjusted(before: KerasTensor | null, x: KerasTensor, filters: number, id: string): KerasTensor {
  if (before === null) return x;
  if (before.shape.at(-2) !== x.shape.at(-2)) {
    const active = relu(before, `adjust_relu_1_${id}`);
    const half = (y: KerasTensor, i: number): KerasTensor => {
      const picked = new layers.AveragePooling2D(1, {
        strides: 2,
        padding: "valid",
        name: `adjust_avg_pool_${i}_${id}`,
      }).apply(y);
      return conv(picked, Math.floor(filters / 2), 1, {
        padding: "same",
        useBias: false,
        kernelInitializer: "he_normal",
        name: `adjust_conv_${i}_${id}`,
      });
    };
    const first = half(active, 1);
    // The same picture, one place to the right and down.
    const padded = zeroPad(active, [
      [0, 1],
      [0, 1],
    ]);
    const shifted = new layers.Cropping2D([
      [1, 0],
      [1, 0],
    ]).apply(padded);
    return norm(join([first, half(shifted, 2)], -1), `adjust_bn_${id}`);
  }
  if (channelsOf(before) === filters) return before;
  return norm(mixed(relu(before), filters, `adjust_conv_projection_${id}`), `adjust_bn_${id}`);
}

const normal: Cell = (x, before, filters, id) => {
  const p = adjusted(before, x, filters, id);
  const h = norm(mixed(relu(x), filters, `normal_conv_1_${id}`), `normal_bn_1_${id}`);
  const left1 = twice(h, filters, 5, `normal_left1_${id}`);
  const one = sum([left1, twice(p, filters, 3, `normal_right1_${id}`)], `normal_add_1_${id}`);
  const left2 = twice(p, filters, 5, `normal_left2_${id}`);
  const two = sum([left2, twice(p, filters, 3, `normal_right2_${id}`)], `normal_add_2_${id}`);
  const three = sum([averaged(h, 1, `normal_left3_${id}`), p], `normal_add_3_${id}`);
  const left4 = averaged(p, 1, `normal_left4_${id}`);
  const four = sum([left4, averaged(p, 1, `normal_right4_${id}`)], `normal_add_4_${id}`);
  const five = sum([twice(h, filters, 3, `normal_left5_${id}`), h], `normal_add_5_${id}`);
  return join([p, one, two, three, four, five], -1, `normal_concat_${id}`);
};

const reduction: Cell = (x, before, filters, id) => {
  const p = adjusted(before, x, filters, id);
  const h = norm(mixed(relu(x), filters, `reduction_conv_1_${id}`), `reduction_bn_1_${id}`);
  const padded = padForStride(h, 3, `reduction_pad_1_${id}`);
  const left1 = twice(h, filters, 5, `reduction_left1_${id}`, 2);
  const one = sum([left1, twice(p, filters, 7, `reduction_right1_${id}`, 2)], `reduction_add_1_${id}`);
  const left2 = largest(padded, `reduction_left2_${id}`);
  const two = sum([left2, twice(p, filters, 7, `reduction_right2_${id}`, 2)], `reduction_add_2_${id}`);
  const left3 = averaged(padded, 2, `reduction_left3_${id}`);
  const three = sum([left3, twice(p, filters, 5, `reduction_right3_${id}`, 2)], `reduction_add3_${id}`);
  const four = sum([two, averaged(one, 1, `reduction_left4_${id}`)]);
  const left5 = twice(one, filters, 3, `reduction_left4_${id}`);
  const five = sum([left5, largest(padded, `reduction_right5_${id}`)], `reduction_add4_${id}`);
  return join([two, three, four, five], -1, `reduction_concat_${id}`);
};

function body(images: KerasTensor, { penultimate, blocks, stem, skipReduction }: Sizes): KerasTensor {
  const filters = Math.floor(penultimate / 24);
  const wide = {
    strides: 2,
    padding: "valid",
    useBias: false,
    kernelInitializer: "he_normal",
    name: "stem_conv1",
  } as const;
  let x = norm(conv(images, stem, 3, wide), "stem_bn1");
  let before: KerasTensor | null = null;
  const next = (cell: Cell, factor: number, id: string, keep = false): void => {
    const y = cell(x, before, filters * factor, id);
    if (!keep) before = x;
    x = y;
  };
  next(reduction, 1 / 4, "stem_1");
  next(reduction, 1 / 2, "stem_2");
  for (let stack = 0; stack < 3; stack++) {
    const factor = 2 ** stack;
    // The large one looks past a reduction, at what went into it.
    if (stack > 0) next(reduction, factor, `reduce_${stack * blocks}`, skipReduction);
    for (let i = 0; i < blocks; i++) next(normal, factor, `${stack * blocks + i + (stack > 0 ? 1 : 0)}`);
  }
  return relu(x);
}

function nasnet(owner: string, name: string, sizes: Sizes): MakesModel<ApplicationOptions> {
  return application({
    owner,
    fields: applicationFields,
    name,
    size: sizes.size,
    isSized: sizes.isSized,
    layers: (images, known) => head(body(images, sizes), known, {}),
  });
}

/** The mobile NASNet-A (Zoph et al. 2017, arXiv:1707.07012), for images of 224 x 224, prepared by `nasnet.preprocessInput`. */
export const NASNetMobile: MakesModel<ApplicationOptions> = nasnet("NASNetMobile", "nasnet_mobile", {
  size: 224,
  isSized: true,
  penultimate: 1056,
  blocks: 4,
  stem: 32,
  skipReduction: false,
});

/** The large NASNet-A (Zoph et al. 2017, arXiv:1707.07012), for images of 331 x 331, prepared by `nasnet.preprocessInput`. */
export const NASNetLarge: MakesModel<ApplicationOptions> = nasnet("NASNetLarge", "nasnet_large", {
  size: 331,
  isSized: false,
  penultimate: 4032,
  blocks: 6,
  stem: 96,
  skipReduction: true,
});
