import { type Fields, float, int, nullable } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { dropout } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import type { DataFormat } from "../options/data-format.js";
import { dataFormatField } from "../options/data-format.js";
import { featureMapDims, spatialDropoutConfig } from "./spatial-dropout.js";

export interface SpatialDropout2DSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type SpatialDropout2DOptions = Given<SpatialDropout2DSettings, "rate">;

/** Dropout of whole feature maps: input of rank 4. */
export class SpatialDropout2D extends TableLayer<SpatialDropout2DSettings> {
  static override readonly className: string = "SpatialDropout2D";
  static override readonly positional: readonly string[] = ["rate"];
  static override readonly fields: Fields<SpatialDropout2DSettings> = {
    rate: float({ min: 0, max: 1 }),
    seed: nullable(int()),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = {
    inputSpecs: [{ rank: 4 }],
    castsToFloat: true,
    supportsMasking: true,
  };

  constructor(rate: number, options: SpatialDropout2DOptions = {}) {
    super({ rate, ...options });
  }

  override call(x: Value, context: CallContext): Value {
    return dropout(x, this.options, featureMapDims(x, this.options.dataFormat), context);
  }

  override getConfig(): Record<string, Json> {
    return spatialDropoutConfig(this, this.options.dataFormat);
  }
}
