import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { ColorLayer, IMAGE, type ImageOptions, type ImageSettings, inRange } from "./base-image.js";
import { histogram } from "./histogram.js";
import { type FactorRange, valueRangeField } from "./image-fields.js";

export interface EqualizationSettings extends ImageSettings {
  /** How many values are told apart. Default 256. */
  readonly bins: number;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

export type EqualizationOptions = ImageOptions<EqualizationSettings>;

/**
 * In training, spreads the values of each channel of each image, so that all are about as frequent. (Keras counts the
 * values of the whole batch together, so that an image depends on its neighbours; its documentation speaks of images.)
 */
export class Equalization extends ColorLayer<EqualizationSettings> {
  static override readonly className: string = "Equalization";
  static override readonly fields: Fields<EqualizationSettings> = {
    ...IMAGE,
    bins: int({ min: 2 }, { default: 256 }),
    valueRange: valueRangeField,
  };

  override transformImages(images: Value): Value {
    const { bins, valueRange, dataFormat } = this.options;
    const first = dataFormat === "channels_first" ? images : ops.transpose(images, [0, 3, 1, 2]);
    const bytes = inRange(first, valueRange, [0, 255]);
    const flat = ops.reshape(bytes, [first.shape[0]!, first.shape[1]!, first.shape[2]! * first.shape[3]!]);
    const counted = ops.cast(ops.clip(ops.multiply(flat, (bins - 1) / 255), 0, bins - 1), "int32");
    const counts = histogram(counted, bins);
    const running = ops.cumsum(counts, -1);
    const pixels = flat.shape[2]!;
    // The first value that occurs: how often it does.
    const least = ops.min(ops.where(ops.greater(running, 0), running, pixels), { axes: -1, keepDims: true });
    const rest = ops.subtract(pixels, least);
    const table = ops.divide(ops.multiply(ops.subtract(running, least), 255), ops.where(ops.equal(rest, 0), 1, rest));
    const spread = ops.takeAlongAxis(ops.clip(ops.round(table), 0, 255), counted, -1);
    const equalized = ops.where(ops.equal(rest, 0), flat, spread);
    const back = inRange(ops.reshape(equalized, first.shape), [0, 255], valueRange);
    return dataFormat === "channels_first" ? back : ops.transpose(back, [0, 2, 3, 1]);
  }
}
