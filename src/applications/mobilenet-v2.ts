import { type Fields, float } from "../core/options.js";
import type { KerasTensor } from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { batchNorm, channelsOf, conv, depthwise, divisible, padForStride, relu6, sum } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

export interface MobileNetV2Options extends ApplicationOptions {
  /** Factor of the number of filters of all layers. Default 1. */
  readonly alpha?: number;
}

const FIELDS: Fields<MobileNetV2Options> = { ...applicationFields, alpha: float({ above: 0 }, { default: 1 }) };

/** Filters and stride of each block. */
const BLOCKS: readonly (readonly [filters: number, stride: number])[] = [
  [16, 1],
  [24, 2],
  [24, 1],
  [32, 2],
  [32, 1],
  [32, 1],
  [64, 2],
  [64, 1],
  [64, 1],
  [64, 1],
  [96, 1],
  [96, 1],
  [96, 1],
  [160, 2],
  [160, 1],
  [160, 1],
  [320, 1],
];

const norm = (x: KerasTensor, name: string): KerasTensor =>
  batchNorm(x, { axis: -1, epsilon: 1e-3, momentum: 0.999, name });

function block(x: KerasTensor, filters: number, stride: number, id: number): KerasTensor {
  const name = id === 0 ? "expanded_conv_" : `block_${id}_`;
  const bare = { padding: "same", useBias: false } as const;
  let y = x;
  if (id > 0) {
    y = conv(x, 6 * channelsOf(x), 1, { ...bare, name: `${name}expand` });
    y = relu6(norm(y, `${name}expand_BN`), `${name}expand_relu`);
  }
  if (stride === 2) y = padForStride(y, 3, `${name}pad`);
  const padding = stride === 1 ? "same" : "valid";
  y = depthwise(y, 3, { strides: stride, useBias: false, padding, name: `${name}depthwise` });
  y = relu6(norm(y, `${name}depthwise_BN`), `${name}depthwise_relu`);
  y = norm(conv(y, filters, 1, { ...bare, name: `${name}project` }), `${name}project_BN`);
  return stride === 1 && channelsOf(x) === filters ? sum([x, y], `${name}add`) : y;
}

function body(images: KerasTensor, alpha: number): KerasTensor {
  const first = conv(images, divisible(32 * alpha), 3, { strides: 2, padding: "same", useBias: false, name: "Conv1" });
  const stem = relu6(norm(first, "bn_Conv1"), "Conv1_relu");
  const x = BLOCKS.reduce(
    (y, [filters, stride], id) => block(y, divisible(Math.trunc(filters * alpha)), stride, id),
    stem,
  );
  const last = conv(x, alpha > 1 ? divisible(1280 * alpha) : 1280, 1, { useBias: false, name: "Conv_1" });
  return relu6(norm(last, "Conv_1_bn"), "out_relu");
}

/** MobileNet V2 (Sandler et al. 2018, arXiv:1801.04381), for images of 224 x 224, prepared by `mobilenetV2.preprocessInput`. */
export const MobileNetV2: MakesModel<MobileNetV2Options> = application({
  owner: "MobileNetV2",
  fields: FIELDS,
  name: ({ alpha }, [rows]) => `mobilenetv2_${alpha.toFixed(2)}_${rows ?? "None"}`,
  size: 224,
  layers: (images, known) => head(body(images, known.alpha), known, {}),
});
