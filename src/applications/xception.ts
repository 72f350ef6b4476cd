import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { activation, batchNorm, conv, separable, sum } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

const norm = (x: KerasTensor, name: string | null = null): KerasTensor => batchNorm(x, { axis: -1, name });

/** A separable convolution by its name, normalized; `relu` names the activation before it, if there is one. */
function sepconv(x: KerasTensor, filters: number, name: string, relu: boolean): KerasTensor {
  const ready = relu ? activation(x, "relu", `${name}_act`) : x;
  return norm(separable(ready, filters, 3, name), `${name}_bn`);
}

/** Two separable convolutions at half the height and width, plus what came in. */
function halving(x: KerasTensor, block: number, filters: readonly [number, number], relu = true): KerasTensor {
  const name = `block${block}`;
  const shortcut = norm(conv(x, filters[1], 1, { strides: 2, padding: "same", useBias: false }));
  const first = sepconv(x, filters[0], `${name}_sepconv1`, relu);
  const second = sepconv(first, filters[1], `${name}_sepconv2`, true);
  const pooled = new layers.MaxPooling2D(3, { strides: 2, padding: "same", name: `${name}_pool` }).apply(second);
  return sum([pooled, shortcut]);
}

function body(images: KerasTensor): KerasTensor {
  let x = conv(images, 32, 3, { strides: 2, useBias: false, name: "block1_conv1" });
  x = activation(norm(x, "block1_conv1_bn"), "relu", "block1_conv1_act");
  x = activation(
    norm(conv(x, 64, 3, { useBias: false, name: "block1_conv2" }), "block1_conv2_bn"),
    "relu",
    "block1_conv2_act",
  );
  x = halving(x, 2, [128, 128], false);
  x = halving(x, 3, [256, 256]);
  x = halving(x, 4, [728, 728]);
  for (let block = 5; block < 13; block++) {
    let deeper = x;
    for (let i = 1; i <= 3; i++) deeper = sepconv(deeper, 728, `block${block}_sepconv${i}`, true);
    x = sum([deeper, x]);
  }
  x = halving(x, 13, [728, 1024]);
  x = activation(sepconv(x, 1536, "block14_sepconv1", false), "relu", "block14_sepconv1_act");
  return activation(sepconv(x, 2048, "block14_sepconv2", false), "relu", "block14_sepconv2_act");
}

/** Xception (Chollet 2016, arXiv:1610.02357), for images of 299 x 299. Its images are prepared by `xception.preprocessInput`. */
export const Xception: MakesModel<ApplicationOptions> = application({
  owner: "Xception",
  fields: applicationFields,
  name: "xception",
  size: 299,
  least: 71,
  layers: (images, known) => head(body(images), known, { pool: "avg_pool" }),
});
