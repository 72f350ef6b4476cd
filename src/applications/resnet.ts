import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, conv, sum, zeroPad } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

const norm = (x: KerasTensor, name: string): KerasTensor => batchNorm(x, { axis: 3, epsilon: 1.001e-5, name });

const frame = (width: number): readonly (readonly [number, number])[] => [
  [width, width],
  [width, width],
];

type Block = (
  x: KerasTensor,
  filters: number,
  options: { stride: number; widen: boolean; name: string },
) => KerasTensor;

/** Convolutions, then what came in is added (He et al. 2015, arXiv:1512.03385). */
const addedAfter: Block = (x, filters, { stride, widen, name }) => {
  const shortcut = widen
    ? norm(conv(x, 4 * filters, 1, { strides: stride, name: `${name}_0_conv` }), `${name}_0_bn`)
    : x;
  const first = norm(conv(x, filters, 1, { strides: stride, name: `${name}_1_conv` }), `${name}_1_bn`);
  const second = conv(activation(first, "relu", `${name}_1_relu`), filters, 3, {
    padding: "same",
    name: `${name}_2_conv`,
  });
  const third = activation(norm(second, `${name}_2_bn`), "relu", `${name}_2_relu`);
  const last = norm(conv(third, 4 * filters, 1, { name: `${name}_3_conv` }), `${name}_3_bn`);
  return activation(sum([shortcut, last], `${name}_add`), "relu", `${name}_out`);
};

/** Normalized before the convolutions (He et al. 2016, arXiv:1603.05027). */
const normalizedBefore: Block = (x, filters, { stride, widen, name }) => {
  const ready = activation(norm(x, `${name}_preact_bn`), "relu", `${name}_preact_relu`);
  const shortcut = widen
    ? conv(ready, 4 * filters, 1, { strides: stride, name: `${name}_0_conv` })
    : stride > 1
      ? new layers.MaxPooling2D(1, { strides: stride }).apply(x)
      : x;
  const first = norm(conv(ready, filters, 1, { strides: 1, useBias: false, name: `${name}_1_conv` }), `${name}_1_bn`);
  const padded = zeroPad(activation(first, "relu", `${name}_1_relu`), frame(1), `${name}_2_pad`);
  const second = conv(padded, filters, 3, { strides: stride, useBias: false, name: `${name}_2_conv` });
  const third = activation(norm(second, `${name}_2_bn`), "relu", `${name}_2_relu`);
  return sum([shortcut, conv(third, 4 * filters, 1, { name: `${name}_3_conv` })], `${name}_out`);
};

function stem(images: KerasTensor, before: boolean): KerasTensor {
  let x = conv(zeroPad(images, frame(3), "conv1_pad"), 64, 7, { strides: 2, name: "conv1_conv" });
  if (!before) x = activation(norm(x, "conv1_bn"), "relu", "conv1_relu");
  return new layers.MaxPooling2D(3, { strides: 2, name: "pool1_pool" }).apply(zeroPad(x, frame(1), "pool1_pad"));
}

/** @param depths blocks of each of the four stacks @param before whether blocks normalize before they convolve (V2) */
function resnet(owner: string, depths: readonly number[], before: boolean): MakesModel<ApplicationOptions> {
  const block = before ? normalizedBefore : addedAfter;
  const body = (images: KerasTensor): KerasTensor =>
    depths.reduce(
      (x, depth, stack) => {
        // The first version halves height and width in a stack's first block, the second in its last.
        const halved = before ? depth : 1;
        const stride = stack === (before ? depths.length - 1 : 0) ? 1 : 2;
        for (let i = 1; i <= depth; i++) {
          const name = `conv${stack + 2}_block${i}`;
          x = block(x, 64 * 2 ** stack, { stride: i === halved ? stride : 1, widen: i === 1, name });
        }
        return x;
      },
      stem(images, before),
    );
  return application({
    owner,
    fields: applicationFields,
    name: owner.toLowerCase(),
    size: 224,
    layers(images, known) {
      const x = body(images);
      const last = before ? activation(norm(x, "post_bn"), "relu", "post_relu") : x;
      return head(last, known, { pool: "avg_pool", instead: { avg: "avg_pool", max: "max_pool" } });
    },
  });
}

/** ResNet with 50 layers of weights, for images of 224 x 224. Its images are prepared by `resnet.preprocessInput`. */
export const ResNet50: MakesModel<ApplicationOptions> = resnet("ResNet50", [3, 4, 6, 3], false);
/** ResNet with 101 layers of weights. */
export const ResNet101: MakesModel<ApplicationOptions> = resnet("ResNet101", [3, 4, 23, 3], false);
/** ResNet with 152 layers of weights. */
export const ResNet152: MakesModel<ApplicationOptions> = resnet("ResNet152", [3, 8, 36, 3], false);
/** ResNet V2 with 50 layers of weights. Its images are prepared by `resnetV2.preprocessInput`. */
export const ResNet50V2: MakesModel<ApplicationOptions> = resnet("ResNet50V2", [3, 4, 6, 3], true);
/** ResNet V2 with 101 layers of weights. */
export const ResNet101V2: MakesModel<ApplicationOptions> = resnet("ResNet101V2", [3, 4, 23, 3], true);
/** ResNet V2 with 152 layers of weights. */
export const ResNet152V2: MakesModel<ApplicationOptions> = resnet("ResNet152V2", [3, 8, 36, 3], true);
