import { CustomScaleLayer } from "../layers/applications/custom-scale-layer.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, channelsOf, conv, join } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

type Size = number | readonly number[];
interface Window {
  readonly strides?: number;
  readonly padding?: "same" | "valid";
  readonly name?: string | null;
}

function convolved(
  x: KerasTensor,
  filters: number,
  size: Size,
  { strides = 1, padding = "same", name = null }: Window = {},
): KerasTensor {
  const y = conv(x, filters, size, { strides, padding, useBias: false, name });
  const normalized = batchNorm(y, { axis: 3, scale: false, name: name && `${name}_bn` });
  return activation(normalized, "relu", name && `${name}_ac`);
}

const chain = (x: KerasTensor, ...windows: readonly (readonly [number, Size])[]): KerasTensor =>
  windows.reduce((y, [filters, size]) => convolved(y, filters, size), x);
const halved = (x: KerasTensor, filters: number): KerasTensor =>
  convolved(x, filters, 3, { strides: 2, padding: "valid" });
const halvedPool = (x: KerasTensor): KerasTensor =>
  new layers.MaxPooling2D(3, { strides: 2, padding: "valid" }).apply(x);

/** Branches of each kind of block. */
const BRANCHES = {
  block35: (x: KerasTensor) => [chain(x, [32, 1]), chain(x, [32, 1], [32, 3]), chain(x, [32, 1], [48, 3], [64, 3])],
  block17: (x: KerasTensor) => [chain(x, [192, 1]), chain(x, [128, 1], [160, [1, 7]], [192, [7, 1]])],
  block8: (x: KerasTensor) => [chain(x, [192, 1]), chain(x, [192, 1], [224, [1, 3]], [256, [3, 1]])],
} as const;

function block(x: KerasTensor, kind: keyof typeof BRANCHES, id: number, scale: number, active = true): KerasTensor {
  const name = `${kind}_${id}`;
  const mixed = join(BRANCHES[kind](x), 3, `${name}_mixed`);
  const up = conv(mixed, channelsOf(x), 1, { padding: "same", useBias: true, name: `${name}_conv` });
  const added = new CustomScaleLayer({ scale }).apply([x, up]);
  return active ? activation(added, "relu", `${name}_ac`) : added;
}

function stem(images: KerasTensor): KerasTensor {
  let x = convolved(halved(images, 32), 32, 3, { padding: "valid" });
  x = halvedPool(convolved(x, 64, 3));
  x = convolved(convolved(x, 80, 1, { padding: "valid" }), 192, 3, { padding: "valid" });
  x = halvedPool(x);
  const branches = [chain(x, [96, 1]), chain(x, [48, 1], [64, 5]), chain(x, [64, 1], [96, 3], [96, 3])];
  const pooled = new layers.AveragePooling2D(3, { strides: 1, padding: "same" }).apply(x);
  return join([...branches, chain(pooled, [64, 1])], 3, "mixed_5b");
}

function body(images: KerasTensor): KerasTensor {
  let x = stem(images);
  for (let id = 1; id <= 10; id++) x = block(x, "block35", id, 0.17);
  x = join([halved(x, 384), halved(chain(x, [256, 1], [256, 3]), 384), halvedPool(x)], 3, "mixed_6a");
  for (let id = 1; id <= 20; id++) x = block(x, "block17", id, 0.1);
  const branches = [
    halved(chain(x, [256, 1]), 384),
    halved(chain(x, [256, 1]), 288),
    halved(chain(x, [256, 1], [288, 3]), 320),
  ];
  x = join([...branches, halvedPool(x)], 3, "mixed_7a");
  for (let id = 1; id <= 9; id++) x = block(x, "block8", id, 0.2);
  return convolved(block(x, "block8", 10, 1, false), 1536, 1, { name: "conv_7b" });
}

/**
 * Inception-ResNet V2 (Szegedy et al. 2016, arXiv:1602.07261), for images of 299 x 299. Its images are prepared by
 * `inceptionResnetV2.preprocessInput`.
 */
export const InceptionResNetV2: MakesModel<ApplicationOptions> = application({
  owner: "InceptionResNetV2",
  fields: applicationFields,
  name: "inception_resnet_v2",
  size: 299,
  least: 75,
  layers: (images, known) => head(body(images), known, { pool: "avg_pool" }),
});
