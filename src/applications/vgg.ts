import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { application, head, type MakesModel } from "./application.js";
import { conv, dense } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

/** Very deep convolutional networks (Simonyan and Zisserman 2014, arXiv:1409.1556): `depths` convolutions in each block. */
function vgg(owner: string, depths: readonly number[]): MakesModel<ApplicationOptions> {
  const blocks = (images: KerasTensor): KerasTensor =>
    depths.reduce((x, depth, block) => {
      const name = `block${block + 1}`;
      for (let i = 1; i <= depth; i++) {
        const filters = Math.min(512, 64 * 2 ** block);
        x = conv(x, filters, 3, { activation: "relu", padding: "same", name: `${name}_conv${i}` });
      }
      return new layers.MaxPooling2D(2, { strides: 2, name: `${name}_pool` }).apply(x);
    }, images);
  return application({
    owner,
    fields: applicationFields,
    name: owner.toLowerCase(),
    size: 224,
    layers(images, known) {
      const x = blocks(images);
      if (!known.includeTop) return head(x, known, {});
      const flat = new layers.Flatten({ name: "flatten" }).apply(x);
      const first = dense(flat, 4096, { activation: "relu", name: "fc1" });
      const second = dense(first, 4096, { activation: "relu", name: "fc2" });
      return dense(second, known.classes, { activation: known.classifierActivation, name: "predictions" });
    },
  });
}

/** VGG with 16 layers of weights, for images of 224 x 224. Its images are prepared by `vgg16.preprocessInput`. */
export const VGG16: MakesModel<ApplicationOptions> = vgg("VGG16", [2, 2, 3, 3, 3]);

/** VGG with 19 layers of weights, for images of 224 x 224. Its images are prepared by `vgg19.preprocessInput`. */
export const VGG19: MakesModel<ApplicationOptions> = vgg("VGG19", [2, 2, 4, 4, 4]);
