import { type Fields, float, int, nullable } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { type DropOptions, dropout } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { channelAxis, type DataFormat, dataFormatField } from "../options/data-format.js";

export interface SpatialDropout1DSettings extends DropOptions {
  /** Fraction of the feature maps that is dropped, 0 to 1. */
  readonly rate: number;
  /** A whole number that changes which numbers are drawn. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export interface SpatialDropout2DSettings extends SpatialDropout1DSettings {
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type SpatialDropout3DSettings = SpatialDropout2DSettings;

export type SpatialDropout1DOptions = Given<SpatialDropout1DSettings, "rate">;
export type SpatialDropout2DOptions = Given<SpatialDropout2DSettings, "rate">;
export type SpatialDropout3DOptions = Given<SpatialDropout3DSettings, "rate">;

const dropFields: Fields<SpatialDropout1DSettings> = { rate: float({ min: 0, max: 1 }), seed: nullable(int()) };

abstract class SpatialDropout<
  S extends SpatialDropout1DSettings & { readonly dataFormat?: DataFormat },
> extends TableLayer<S> {
  static override readonly positional: readonly string[] = ["rate"];
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(rate: number, options: Given<S, "rate"> = {}) {
    super(withArguments(new.target, { rate }, options) as Given<S>);
  }

  /** One number is drawn for each sample and channel: whole feature maps are dropped. */
  override call(x: Value, context: CallContext = presentContext()): Value {
    const { dataFormat = "channels_last" } = this.options;
    const channels = channelAxis(x.shape.length, dataFormat);
    const dims = x.shape.map((dim, axis) => (axis === 0 || axis === channels ? dim : 1));
    return dropout(x, this.options, dims, context);
  }

  // Keras writes fewer keys of these layers, in another order.
  override getConfig(): Record<string, Json> {
    const { rate, seed, dataFormat } = this.options;
    const config = { rate, seed, name: this.name, dtype: this.dtype };
    return dataFormat === undefined ? config : { ...config, data_format: dataFormat };
  }
}

/** Dropout of whole feature maps: input of rank 3. */
export class SpatialDropout1D extends SpatialDropout<SpatialDropout1DSettings> {
  static override readonly className: string = "SpatialDropout1D";
  static override readonly fields: Fields<SpatialDropout1DSettings> = dropFields;
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };
}

/** Dropout of whole feature maps: input of rank 4. */
export class SpatialDropout2D extends SpatialDropout<SpatialDropout2DSettings> {
  static override readonly className: string = "SpatialDropout2D";
  static override readonly fields: Fields<SpatialDropout2DSettings> = { ...dropFields, dataFormat: dataFormatField() };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };
}

/** Dropout of whole feature maps: input of rank 5. */
export class SpatialDropout3D extends SpatialDropout<SpatialDropout3DSettings> {
  static override readonly className: string = "SpatialDropout3D";
  static override readonly fields: Fields<SpatialDropout3DSettings> = { ...dropFields, dataFormat: dataFormatField() };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };
}
