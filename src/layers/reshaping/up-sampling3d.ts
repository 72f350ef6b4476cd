import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { perAxisField } from "../options/conv-settings.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface UpSampling3DSettings {
  /** How often each element, an entry a spatial axis. Default 2. */
  readonly size: readonly number[];
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type UpSampling3DOptions = Given<UpSampling3DSettings, "size">;

/** Repeats each element along 3 spatial axes. */
export class UpSampling3D extends TableLayer<UpSampling3DSettings> {
  static override readonly className: string = "UpSampling3D";
  static override readonly positional: readonly string[] = ["size"];
  static override readonly fields: Fields<UpSampling3DSettings> = {
    size: perAxisField(3),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };

  constructor(size: number | readonly number[] = 2, options: UpSampling3DOptions = {}) {
    super({ size, ...options });
  }

  override call(x: Value): Value {
    const { size, dataFormat } = this.options;
    return spatialAxes(5, dataFormat).reduce((value, axis, i) => ops.repeat(value, size[i]!, axis), x);
  }
}
