import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, channelsOf, conv, join, zeroPad } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

const GROWTH = 32;

/** Normalized, with "relu". */
const ready = (x: KerasTensor, bn: string, relu: string): KerasTensor =>
  activation(batchNorm(x, { axis: 3, epsilon: 1.001e-5, name: bn }), "relu", relu);

const frame = (width: number): readonly (readonly [number, number])[] => [
  [width, width],
  [width, width],
];

function block(x: KerasTensor, name: string): KerasTensor {
  const narrow = conv(ready(x, `${name}_0_bn`, `${name}_0_relu`), 4 * GROWTH, 1, {
    useBias: false,
    name: `${name}_1_conv`,
  });
  const grown = conv(ready(narrow, `${name}_1_bn`, `${name}_1_relu`), GROWTH, 3, {
    padding: "same",
    useBias: false,
    name: `${name}_2_conv`,
  });
  return join([x, grown], 3, `${name}_concat`);
}

/** Half the channels, half the height and width. */
function transition(x: KerasTensor, name: string): KerasTensor {
  const half = conv(ready(x, `${name}_bn`, `${name}_relu`), channelsOf(x) / 2, 1, {
    useBias: false,
    name: `${name}_conv`,
  });
  return new layers.AveragePooling2D(2, { strides: 2, name: `${name}_pool` }).apply(half);
}

/** Densely connected networks (Huang et al. 2016, arXiv:1608.06993): each block sees the outputs of all before it. */
function densenet(owner: string, depths: readonly number[]): MakesModel<ApplicationOptions> {
  return application({
    owner,
    fields: applicationFields,
    name: owner.toLowerCase(),
    size: 224,
    layers(images, known) {
      const first = conv(zeroPad(images, frame(3)), 64, 7, { strides: 2, useBias: false, name: "conv1_conv" });
      const padded = zeroPad(ready(first, "conv1_bn", "conv1_relu"), frame(1));
      let x = new layers.MaxPooling2D(3, { strides: 2, name: "pool1" }).apply(padded);
      depths.forEach((depth, stack) => {
        for (let i = 1; i <= depth; i++) x = block(x, `conv${stack + 2}_block${i}`);
        if (stack < depths.length - 1) x = transition(x, `pool${stack + 2}`);
      });
      return head(ready(x, "bn", "relu"), known, {
        pool: "avg_pool",
        instead: { avg: "avg_pool", max: "max_pool" },
      });
    },
  });
}

/** DenseNet with 121 layers of weights, for images of 224 x 224. Its images are prepared by `densenet.preprocessInput`. */
export const DenseNet121: MakesModel<ApplicationOptions> = densenet("DenseNet121", [6, 12, 24, 16]);
/** DenseNet with 169 layers of weights. */
export const DenseNet169: MakesModel<ApplicationOptions> = densenet("DenseNet169", [6, 12, 32, 32]);
/** DenseNet with 201 layers of weights. */
export const DenseNet201: MakesModel<ApplicationOptions> = densenet("DenseNet201", [6, 12, 48, 32]);
