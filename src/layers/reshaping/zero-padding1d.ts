import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface ZeroPadding1DSettings {
  /** Zeros before and after. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type ZeroPadding1DOptions = Given<ZeroPadding1DSettings, "padding">;

/** Adds zeros around 1 spatial axis. */
export class ZeroPadding1D extends TableLayer<ZeroPadding1DSettings> {
  static override readonly className: string = "ZeroPadding1D";
  static override readonly positional: readonly string[] = ["padding"];
  static override readonly fields: Fields<ZeroPadding1DSettings> = {
    padding: bordersField(1),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };

  constructor(padding: GivenBorders = 1, options: ZeroPadding1DOptions = {}) {
    super({ padding: padding as Borders, ...options });
  }

  override call(x: Value): Value {
    const { padding, dataFormat } = this.options;
    const before = x.shape.map(() => 0);
    const after = x.shape.map(() => 0);
    spatialAxes(3, dataFormat).forEach((axis, i) => {
      [before[axis], after[axis]] = padding[i]!;
    });
    return ops.pad(x, before, after);
  }
}
