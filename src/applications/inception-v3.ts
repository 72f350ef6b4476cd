import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, conv, join } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

/** Convolutions one after the other, each normalized, with "relu": [filters, rows, columns]. */
function chain(x: KerasTensor, ...windows: readonly (readonly [number, number, number])[]): KerasTensor {
  return windows.reduce((y, [filters, rows, columns]) => convolved(y, filters, [rows, columns]), x);
}

function convolved(
  x: KerasTensor,
  filters: number,
  size: readonly number[],
  options: layers.ConvOptions = {},
): KerasTensor {
  const y = conv(x, filters, size, { padding: "same", useBias: false, ...options });
  return activation(batchNorm(y, { axis: 3, scale: false }), "relu");
}

const halved = (x: KerasTensor, filters: number): KerasTensor =>
  convolved(x, filters, [3, 3], { strides: 2, padding: "valid" });
const halvedPool = (x: KerasTensor): KerasTensor => new layers.MaxPooling2D(3, { strides: 2 }).apply(x);

function pooled(x: KerasTensor, filters: number): KerasTensor {
  return chain(new layers.AveragePooling2D(3, { strides: 1, padding: "same" }).apply(x), [filters, 1, 1]);
}

function stem(images: KerasTensor): KerasTensor {
  let x = halved(images, 32);
  x = convolved(x, 32, [3, 3], { padding: "valid" });
  x = halvedPool(chain(x, [64, 3, 3]));
  x = convolved(x, 80, [1, 1], { padding: "valid" });
  return halvedPool(convolved(x, 192, [3, 3], { padding: "valid" }));
}

/** Windows of 1, 5 and 3 side by side. */
function small(x: KerasTensor, pool: number, name: string): KerasTensor {
  const one = chain(x, [64, 1, 1]);
  const five = chain(x, [48, 1, 1], [64, 5, 5]);
  const three = chain(x, [64, 1, 1], [96, 3, 3], [96, 3, 3]);
  return join([one, five, three, pooled(x, pool)], 3, name);
}

/** Windows of 7 in parts of one axis. */
function long(x: KerasTensor, f: number, name: string): KerasTensor {
  const one = chain(x, [192, 1, 1]);
  const seven = chain(x, [f, 1, 1], [f, 1, 7], [192, 7, 1]);
  const twice = chain(x, [f, 1, 1], [f, 7, 1], [f, 1, 7], [f, 7, 1], [192, 1, 7]);
  return join([one, seven, twice, pooled(x, 192)], 3, name);
}

/** Windows of 3 in parts of one axis, side by side. */
function wide(x: KerasTensor, i: number): KerasTensor {
  const parts = (y: KerasTensor, name?: string) => join([chain(y, [384, 1, 3]), chain(y, [384, 3, 1])], 3, name);
  const one = chain(x, [320, 1, 1]);
  const three = parts(chain(x, [384, 1, 1]), `mixed9_${i}`);
  const twice = parts(chain(x, [448, 1, 1], [384, 3, 3]));
  return join([one, three, twice, pooled(x, 192)], 3, `mixed${9 + i}`);
}

function body(images: KerasTensor): KerasTensor {
  let x = stem(images);
  [32, 64, 64].forEach((pool, i) => {
    x = small(x, pool, `mixed${i}`);
  });
  const three = halved(x, 384);
  const twice = halved(chain(x, [64, 1, 1], [96, 3, 3]), 96);
  x = join([three, twice, halvedPool(x)], 3, "mixed3");
  [128, 160, 160, 192].forEach((filters, i) => {
    x = long(x, filters, `mixed${4 + i}`);
  });
  const narrow = halved(chain(x, [192, 1, 1]), 320);
  const seven = halved(chain(x, [192, 1, 1], [192, 1, 7], [192, 7, 1]), 192);
  x = join([narrow, seven, halvedPool(x)], 3, "mixed8");
  return wide(wide(x, 0), 1);
}

/**
 * Inception V3 (Szegedy et al. 2015, arXiv:1512.00567), for images of 299 x 299. Its images are prepared by
 * `inceptionV3.preprocessInput`.
 */
export const InceptionV3: MakesModel<ApplicationOptions> = application({
  owner: "InceptionV3",
  fields: applicationFields,
  name: "inception_v3",
  size: 299,
  least: 75,
  layers: (images, known) => head(body(images), known, { pool: "avg_pool" }),
});
