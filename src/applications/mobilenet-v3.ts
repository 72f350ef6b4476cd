import { bool, type Fields, float } from "../core/options.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { ops } from "../layers/operations/ops.js";
import { application, head, type MakesModel } from "./application.js";
import {
  activation,
  averagePool,
  batchNorm,
  channelsOf,
  conv,
  depthwise,
  divisible,
  padForStride,
  product,
  sum,
} from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

export interface MobileNetV3Options extends ApplicationOptions {
  /** Factor of the number of filters of all layers. Default 1. */
  readonly alpha?: number;
  /** Without squeeze-and-excite, hard-swish and windows of 5. Default false. */
  readonly minimalistic?: boolean;
  /** Rate of dropout before the classifier. Default 0.2. */
  readonly dropoutRate?: number;
  /** Whether the model scales its images from 0 to 255 itself. Default true. */
  readonly includePreprocessing?: boolean;
}

const FIELDS: Fields<MobileNetV3Options> = {
  ...applicationFields,
  alpha: float({ above: 0 }, { default: 1 }),
  minimalistic: bool(false),
  dropoutRate: float({ min: 0, max: 1 }, { default: 0.2 }),
  includePreprocessing: bool(true),
};

/** A block: what expands its channels, filters, window, stride, whether it squeezes, and whether hard-swish follows. */
type Block = readonly [
  expansion: number,
  filters: number,
  kernel: 3 | 5,
  stride: 1 | 2,
  squeeze: boolean,
  swish: boolean,
];

const SMALL: readonly Block[] = [
  [1, 16, 3, 2, true, false],
  [72 / 16, 24, 3, 2, false, false],
  [88 / 24, 24, 3, 1, false, false],
  [4, 40, 5, 2, true, true],
  [6, 40, 5, 1, true, true],
  [6, 40, 5, 1, true, true],
  [3, 48, 5, 1, true, true],
  [3, 48, 5, 1, true, true],
  [6, 96, 5, 2, true, true],
  [6, 96, 5, 1, true, true],
  [6, 96, 5, 1, true, true],
];
const LARGE: readonly Block[] = [
  [1, 16, 3, 1, false, false],
  [4, 24, 3, 2, false, false],
  [3, 24, 3, 1, false, false],
  [3, 40, 5, 2, true, false],
  [3, 40, 5, 1, true, false],
  [3, 40, 5, 1, true, false],
  [6, 80, 3, 2, false, true],
  [2.5, 80, 3, 1, false, true],
  [2.3, 80, 3, 1, false, true],
  [2.3, 80, 3, 1, false, true],
  [6, 112, 3, 1, true, true],
  [6, 112, 3, 1, true, true],
  [6, 160, 5, 2, true, true],
  [6, 160, 5, 1, true, true],
  [6, 160, 5, 1, true, true],
];

type Known = Required<MobileNetV3Options>;

const norm = (x: KerasTensor, name: string): KerasTensor =>
  batchNorm(x, { axis: -1, epsilon: 1e-3, momentum: 0.999, name });
const relu = (x: KerasTensor): KerasTensor => new layers.ReLU().apply(x);
const swish = (x: KerasTensor): KerasTensor => activation(x, "hard_swish");

/** Channels weighed by what all of the image says of them (Hu et al. 2017, arXiv:1709.01507). */
function squeezed(x: KerasTensor, filters: number, name: string): KerasTensor {
  const means = averagePool(x, { keepdims: true, name: `${name}squeeze_excite_avg_pool` });
  const narrow = conv(means, divisible(filters * 0.25), 1, { padding: "same", name: `${name}squeeze_excite_conv` });
  const active = new layers.ReLU({ name: `${name}squeeze_excite_relu` }).apply(narrow);
  const wide = conv(active, filters, 1, { padding: "same", name: `${name}squeeze_excite_conv_1` });
  const weights = ops.multiply(new layers.ReLU({ maxValue: 6 }).apply(ops.add(wide, 3)), 1 / 6);
  return product([x, weights], `${name}squeeze_excite_mul`);
}

function block(
  x: KerasTensor,
  [expansion, base, kernel, stride, squeeze, swishes]: Block,
  known: Known,
  id: number,
): KerasTensor {
  const { alpha, minimalistic } = known;
  const filters = divisible(base * alpha);
  const window = minimalistic ? 3 : kernel;
  const active = swishes && !minimalistic ? swish : relu;
  const name = id === 0 ? "expanded_conv_" : `expanded_conv_${id}_`;
  const bare = { padding: "same", useBias: false } as const;
  const wide = divisible(channelsOf(x) * expansion);
  let y = x;
  if (id > 0) y = active(norm(conv(x, wide, 1, { ...bare, name: `${name}expand` }), `${name}expand_bn`));
  if (stride === 2) y = padForStride(y, window, `${name}depthwise_pad`);
  const padding = stride === 1 ? "same" : "valid";
  y = depthwise(y, window, { strides: stride, padding, useBias: false, name: `${name}depthwise` });
  y = active(norm(y, `${name}depthwise_bn`));
  if (squeeze && !minimalistic) y = squeezed(y, wide, name);
  y = norm(conv(y, filters, 1, { ...bare, name: `${name}project` }), `${name}project_bn`);
  return stride === 1 && channelsOf(x) === filters ? sum([x, y], `${name}add`) : y;
}

function top(x: KerasTensor, points: number, known: Known): KerasTensor {
  const { alpha, minimalistic, dropoutRate, classes, classifierActivation } = known;
  const active = minimalistic ? relu : swish;
  const filters = alpha > 1 ? divisible(points * alpha) : points;
  const means = averagePool(x, { keepdims: true });
  const mixed = active(conv(means, filters, 1, { padding: "same", useBias: true, name: "conv_2" }));
  const dropped = dropoutRate > 0 ? new layers.Dropout(dropoutRate).apply(mixed) : mixed;
  const logits = new layers.Flatten().apply(conv(dropped, classes, 1, { padding: "same", name: "logits" }));
  return activation(logits, classifierActivation, "predictions");
}

function body(images: KerasTensor, blocks: readonly Block[], known: Known): KerasTensor {
  const active = known.minimalistic ? relu : swish;
  const x = known.includePreprocessing ? new layers.Rescaling(1 / 127.5, { offset: -1 }).apply(images) : images;
  const bare = { padding: "same", useBias: false } as const;
  const first = active(norm(conv(x, 16, 3, { ...bare, strides: 2, name: "conv" }), "conv_bn"));
  const last = blocks.reduce((y, row, id) => block(y, row, known, id), first);
  return active(norm(conv(last, divisible(channelsOf(last) * 6), 1, { ...bare, name: "conv_1" }), "conv_1_bn"));
}

function mobileNetV3(owner: string, blocks: readonly Block[], points: number): MakesModel<MobileNetV3Options> {
  return application({
    owner,
    fields: FIELDS,
    name: owner,
    size: 224,
    layers(images, known) {
      const x = body(images, blocks, known);
      if (known.includeTop) return top(x, points, known);
      return head(x, known, { instead: { avg: "avg_pool", max: "max_pool" } });
    },
  });
}

/** The small MobileNet V3 (Howard et al. 2019, arXiv:1905.02244), for images of any size. */
export const MobileNetV3Small: MakesModel<MobileNetV3Options> = mobileNetV3("MobileNetV3Small", SMALL, 1024);
/** The large MobileNet V3 (Howard et al. 2019, arXiv:1905.02244), for images of any size. */
export const MobileNetV3Large: MakesModel<MobileNetV3Options> = mobileNetV3("MobileNetV3Large", LARGE, 1280);
