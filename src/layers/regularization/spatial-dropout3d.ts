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

export interface SpatialDropout3DSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type SpatialDropout3DOptions = Given<SpatialDropout3DSettings, "rate">;

/** Dropout of whole feature maps: input of rank 5. */
export class SpatialDropout3D extends TableLayer<SpatialDropout3DSettings> {
  static override readonly className: string = "SpatialDropout3D";
  static override readonly positional: readonly string[] = ["rate"];
  static override readonly fields: Fields<SpatialDropout3DSettings> = {
    rate: float({ min: 0, max: 1 }),
    seed: nullable(int()),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = {
    inputSpecs: [{ rank: 5 }],
    castsToFloat: true,
    supportsMasking: true,
  };

  constructor(rate: number, options: SpatialDropout3DOptions = {}) {
    super({ rate, ...options });
  }

  override call(x: Value, context: CallContext): Value {
    return dropout(x, this.options, featureMapDims(x, this.options.dataFormat), context);
  }

  override getConfig(): Record<string, Json> {
    return spatialDropoutConfig(this, this.options.dataFormat);
  }
}
