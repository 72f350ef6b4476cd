import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  inRange,
  type SeedSettings,
  seedField,
} from "./base-image.js";
import type { Draws } from "./draws.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface SolarizationSettings extends ImageSettings, SeedSettings {
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
  /** What is added first, in parts of 255: a range in [0, 1], or the largest. Default 0. */
  readonly additionFactor: FactorRange;
  /** Below what pixels stay as they are, in parts of 255. Default 0: all are turned around. */
  readonly thresholdFactor: FactorRange;
}

export interface Solarized {
  /** (batch, 1, 1, 1), from 0 to 255. */
  readonly additions: Value;
  readonly thresholds: Value;
  readonly [name: string]: unknown;
}

export type SolarizationOptions = ImageOptions<SolarizationSettings>;

const partField = factorField({ bounds: [0, 1], default: [0, 0], one: (factor) => [0, factor] });

/** In training, turns bright pixels around: x becomes 255 - x. */
export class Solarization extends ColorLayer<SolarizationSettings, Solarized> {
  static override readonly className: string = "Solarization";
  static override readonly fields: Fields<SolarizationSettings> = {
    ...IMAGE,
    valueRange: valueRangeField,
    additionFactor: partField,
    thresholdFactor: partField,
    ...seedField,
  };

  /** @internal */
  override draw(images: Value, draws: Draws): Solarized {
    const { additionFactor, thresholdFactor } = this.options;
    const dims = [images.shape[0]!, 1, 1, 1];
    // As in Keras, only the upper end of a range counts in parts of 255.
    const drawn = (name: string, [lower, upper]: FactorRange): Value => draws.uniform(name, dims, [lower, upper * 255]);
    return { additions: drawn("additions", additionFactor), thresholds: drawn("thresholds", thresholdFactor) };
  }

  override transformImages(images: Value, { additions, thresholds }: Solarized): Value {
    const { valueRange } = this.options;
    const bright = ops.clip(ops.add(inRange(images, valueRange, [0, 255]), additions), 0, 255);
    const turned = ops.where(ops.less(bright, thresholds), bright, ops.subtract(255, bright));
    return inRange(turned, [0, 255], valueRange);
  }
}
