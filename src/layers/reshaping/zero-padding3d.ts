import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface ZeroPadding3DSettings {
  /** Zeros before and after. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type ZeroPadding3DOptions = Given<ZeroPadding3DSettings, "padding">;

/** Adds zeros around 3 spatial axes. */
export class ZeroPadding3D extends TableLayer<ZeroPadding3DSettings> {
  static override readonly className: string = "ZeroPadding3D";
  static override readonly positional: readonly string[] = ["padding"];
  static override readonly fields: Fields<ZeroPadding3DSettings> = {
    padding: bordersField(3),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };

  constructor(padding: GivenBorders = 1, options: ZeroPadding3DOptions = {}) {
    super({ padding: padding as Borders, ...options });
  }

  override call(x: Value): Value {
    const { padding, dataFormat } = this.options;
    const before = x.shape.map(() => 0);
    const after = x.shape.map(() => 0);
    spatialAxes(5, dataFormat).forEach((axis, i) => {
      [before[axis], after[axis]] = padding[i]!;
    });
    return ops.pad(x, before, after);
  }
}
