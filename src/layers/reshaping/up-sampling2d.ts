import { type Fields, oneOf } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { perAxisField } from "../options/conv-settings.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface UpSampling2DSettings {
  /** How often each element, an entry a spatial axis. Default 2. */
  readonly size: readonly number[];
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
  /** Only "nearest", the default. */
  readonly interpolation: "nearest";
}

export type UpSampling2DOptions = Given<UpSampling2DSettings, "size">;

/** Repeats each element along 2 spatial axes. */
export class UpSampling2D extends TableLayer<UpSampling2DSettings> {
  static override readonly className: string = "UpSampling2D";
  static override readonly positional: readonly string[] = ["size"];
  static override readonly fields: Fields<UpSampling2DSettings> = {
    size: perAxisField(2),
    dataFormat: dataFormatField(),
    interpolation: oneOf(["nearest"], { default: "nearest" }),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };

  constructor(size: number | readonly number[] = 2, options: UpSampling2DOptions = {}) {
    super({ size, ...options });
  }

  override call(x: Value): Value {
    const { size, dataFormat } = this.options;
    return spatialAxes(4, dataFormat).reduce((value, axis, i) => ops.repeat(value, size[i]!, axis), x);
  }
}
