import type { Fields } from "../../core/options.js";
import { withArguments } from "../base/with-arguments.js";
import {
  ColorLayer,
  IMAGE,
  type ImageOptions,
  type ImageSettings,
  type SeedSettings,
  seedField,
  type Transformation,
} from "./base-image.js";
import { type FactorRange, factorField, valueRangeField } from "./image-fields.js";

export interface FactorSettings extends ImageSettings, SeedSettings {
  /** How much: a range, or the largest. */
  readonly factor: FactorRange;
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
}

/** The table of a layer whose factor lies between these bounds, in Keras's order. */
export const factorFields = (bounds: FactorRange): Fields<FactorSettings> => ({
  ...IMAGE,
  factor: factorField({ bounds }),
  valueRange: valueRangeField,
  ...seedField,
});

/** A layer that changes colours as far as a factor says, which is drawn for each image. */
export abstract class FactorLayer<S extends FactorSettings, T extends Transformation> extends ColorLayer<S, T> {
  static override readonly positional: readonly string[] = ["factor"];

  constructor(factor: number | FactorRange, options: ImageOptions<S, "factor"> = {} as never) {
    super(withArguments(new.target, { factor }, options as never));
  }
}
