import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface ZeroPadding2DSettings {
  /** Zeros before and after. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type ZeroPadding2DOptions = Given<ZeroPadding2DSettings, "padding">;

/** Adds zeros around 2 spatial axes. */
export class ZeroPadding2D extends TableLayer<ZeroPadding2DSettings> {
  static override readonly className: string = "ZeroPadding2D";
  static override readonly positional: readonly string[] = ["padding"];
  static override readonly fields: Fields<ZeroPadding2DSettings> = {
    padding: bordersField(2),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };

  constructor(padding: GivenBorders = 1, options: ZeroPadding2DOptions = {}) {
    super({ padding: padding as Borders, ...options });
  }

  override call(x: Value): Value {
    const { padding, dataFormat } = this.options;
    const before = x.shape.map(() => 0);
    const after = x.shape.map(() => 0);
    spatialAxes(4, dataFormat).forEach((axis, i) => {
      [before[axis], after[axis]] = padding[i]!;
    });
    return ops.pad(x, before, after);
  }
}
