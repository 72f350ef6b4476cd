import { bool, type Fields } from "../core/options.js";
import { LayerScale } from "../layers/applications/layer-scale.js";
import type { KerasTensor } from "../layers/index.js";
import * as layers from "../layers/index.js";
import { ops } from "../layers/operations/ops.js";
import { Sequential } from "../model/index.js";
import { application, type MakesModel } from "./application.js";
import { activation, averagePool, channelsOf, conv, dense, maxPool } from "./blocks.js";
import { type ApplicationOptions, applicationFields } from "./options.js";

export interface ConvNeXtOptions extends ApplicationOptions {
  /** Whether the model normalizes its images from 0 to 255 itself. Default true. */
  readonly includePreprocessing?: boolean;
}

const FIELDS: Fields<ConvNeXtOptions> = { ...applicationFields, includePreprocessing: bool(true) };

const norm = (name?: string): layers.LayerNormalization =>
  new layers.LayerNormalization({ epsilon: 1e-6, ...(name === undefined ? {} : { name }) });

/** Means and variances of ImageNet's colours. */
const MEAN = [0.485, 0.456, 0.406].map((mean) => mean * 255);
const VARIANCE = [0.229, 0.224, 0.225].map((deviation) => (deviation * 255) ** 2);

function block(x: KerasTensor, channels: number, name: string): KerasTensor {
  let y = conv(x, channels, 7, { padding: "same", groups: channels, name: `${name}_depthwise_conv` });
  y = norm(`${name}_layernorm`).apply(y);
  y = dense(y, 4 * channels, { name: `${name}_pointwise_conv_1` });
  y = dense(activation(y, "gelu", `${name}_gelu`), channels, { name: `${name}_pointwise_conv_2` });
  y = new LayerScale({ initValues: 1e-6, projectionDim: channels, name: `${name}_layer_scale` }).apply(y);
  return ops.add(x, activation(y, "linear", `${name}_identity`));
}

/** The layers before each stage: the first cuts images into patches of 4, the others halve height and width. */
function entries(channels: readonly number[], name: string): readonly Sequential[] {
  return channels.map((filters, stage) => {
    const named = (part: string) => `${name}_downsampling_${part}_${stage - 1}`;
    if (stage > 0) {
      const halved = new layers.Conv2D(filters, 2, { strides: 2, name: named("conv") });
      return new Sequential([norm(named("layernorm")), halved], { name: named("block") });
    }
    const patches = new layers.Conv2D(filters, 4, { strides: 4, name: `${name}_stem_conv` });
    return new Sequential([patches, norm(`${name}_stem_layernorm`)], { name: `${name}_stem` });
  });
}

function convnext(
  variant: string,
  depths: readonly number[],
  channels: readonly number[],
): MakesModel<ConvNeXtOptions> {
  const owner = `ConvNeXt${variant}`;
  const own = `convnext_${variant.toLowerCase()}`;
  return application({
    owner,
    fields: FIELDS,
    name: own,
    size: 224,
    layers(images, known) {
      const name = known.name ?? own;
      let x = images;
      if (known.includePreprocessing && channelsOf(x) === 3) {
        const given = { mean: MEAN, variance: VARIANCE, name: `${name}_prestem_normalization` };
        x = new layers.Normalization(given).apply(x);
      }
      entries(channels, name).forEach((entry, stage) => {
        x = entry.apply(x);
        for (let i = 0; i < depths[stage]!; i++) x = block(x, channels[stage]!, `${name}_stage_${stage}_block_${i}`);
      });
      const { includeTop, pooling, classes, classifierActivation } = known;
      if (includeTop) {
        const vectors = norm(`${name}_head_layernorm`).apply(averagePool(x, { name: `${name}_head_gap` }));
        return dense(vectors, classes, { activation: classifierActivation, name: `${name}_head_dense` });
      }
      if (pooling === "avg") x = averagePool(x);
      else if (pooling === "max") x = maxPool(x);
      return norm().apply(x);
    },
  });
}

/** The tiny ConvNeXt (Liu et al. 2022, arXiv:2201.03545), for images of 224 x 224 from 0 to 255. */
export const ConvNeXtTiny: MakesModel<ConvNeXtOptions> = convnext("Tiny", [3, 3, 9, 3], [96, 192, 384, 768]);
/** The small ConvNeXt. */
export const ConvNeXtSmall: MakesModel<ConvNeXtOptions> = convnext("Small", [3, 3, 27, 3], [96, 192, 384, 768]);
/** The middle ConvNeXt. */
export const ConvNeXtBase: MakesModel<ConvNeXtOptions> = convnext("Base", [3, 3, 27, 3], [128, 256, 512, 1024]);
/** The large ConvNeXt. */
export const ConvNeXtLarge: MakesModel<ConvNeXtOptions> = convnext("Large", [3, 3, 27, 3], [192, 384, 768, 1536]);
/** The largest ConvNeXt. */
export const ConvNeXtXLarge: MakesModel<ConvNeXtOptions> = convnext("XLarge", [3, 3, 27, 3], [256, 512, 1024, 2048]);
