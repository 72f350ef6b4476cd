import { type Fields, float, int } from "../core/options.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, averagePool, batchNorm, conv, depthwise, relu6, zeroPad } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

export interface MobileNetOptions extends ApplicationOptions {
  /** Factor of the number of filters of all layers. Default 1. */
  readonly alpha?: number;
  /** Filters of each channel in the depthwise convolutions. Default 1. */
  readonly depthMultiplier?: number;
  /** Rate of dropout before the classifier. Default 0.001. */
  readonly dropout?: number;
}

const FIELDS: Fields<MobileNetOptions> = {
  ...applicationFields,
  alpha: float({ above: 0 }, { default: 1 }),
  depthMultiplier: int({ min: 1 }, { default: 1 }),
  dropout: float({ min: 0, max: 1 }, { default: 1e-3 }),
};

/** Filters and stride of each block. */
const BLOCKS: readonly (readonly [filters: number, strides: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  ...Array.from({ length: 5 }, () => [512, 1] as const),
  [1024, 2],
  [1024, 1],
];

const ready = (x: KerasTensor, name: string): KerasTensor =>
  relu6(batchNorm(x, { axis: -1, name: `${name}_bn` }), `${name}_relu`);

function block(x: KerasTensor, filters: number, strides: number, depthMultiplier: number, id: number): KerasTensor {
  const border = [0, 1] as const;
  const padded = strides === 1 ? x : zeroPad(x, [border, border], `conv_pad_${id}`);
  const padding = strides === 1 ? "same" : "valid";
  const own = depthwise(padded, 3, { strides, padding, depthMultiplier, useBias: false, name: `conv_dw_${id}` });
  const mixed = conv(ready(own, `conv_dw_${id}`), filters, 1, {
    padding: "same",
    useBias: false,
    strides: 1,
    name: `conv_pw_${id}`,
  });
  return ready(mixed, `conv_pw_${id}`);
}

function body(images: KerasTensor, { alpha, depthMultiplier }: Required<MobileNetOptions>): KerasTensor {
  const scaled = (filters: number) => Math.trunc(filters * alpha);
  const first = conv(images, scaled(32), 3, { padding: "same", useBias: false, strides: 2, name: "conv1" });
  return BLOCKS.reduce(
    (x, [filters, strides], i) => block(x, scaled(filters), strides, depthMultiplier, i + 1),
    ready(first, "conv1"),
  );
}

/** MobileNet (Howard et al. 2017, arXiv:1704.04861), for images of 224 x 224, prepared by `mobilenet.preprocessInput`. */
export const MobileNet: MakesModel<MobileNetOptions> = application({
  owner: "MobileNet",
  fields: FIELDS,
  name: ({ alpha }, [rows]) => `mobilenet_${alpha.toFixed(2)}_${rows ?? "None"}`,
  size: 224,
  layers(images, known) {
    const x = body(images, known);
    const { includeTop, classes, dropout, classifierActivation } = known;
    if (!includeTop) return head(x, known, {});
    const dropped = new layers.Dropout(dropout, { name: "dropout" }).apply(averagePool(x, { keepdims: true }));
    const logits = conv(dropped, classes, 1, { padding: "same", name: "conv_preds" });
    const flat = new layers.Reshape([classes], { name: "reshape_2" }).apply(logits);
    return activation(flat, classifierActivation, "predictions");
  },
});
