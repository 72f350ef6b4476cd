import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface ZeroPaddingSettings {
  /** Zeros before and after each axis. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type ZeroPaddingOptions = Given<ZeroPaddingSettings, "padding">;
export type ZeroPadding1DOptions = ZeroPaddingOptions;
export type ZeroPadding2DOptions = ZeroPaddingOptions;
export type ZeroPadding3DOptions = ZeroPaddingOptions;

function paddingFields(rank: number): Fields<ZeroPaddingSettings> {
  return { padding: bordersField(rank), dataFormat: dataFormatField() };
}

abstract class ZeroPadding extends TableLayer<ZeroPaddingSettings> {
  static override readonly positional: readonly string[] = ["padding"];

  constructor(padding: GivenBorders = 1, options: ZeroPaddingOptions = {}) {
    super(withArguments(new.target, { padding: padding as Borders }, options));
  }

  override call(x: Value, _context?: CallContext): Value {
    const { padding, dataFormat } = this.options;
    const before = x.shape.map(() => 0);
    const after = x.shape.map(() => 0);
    for (const [i, axis] of spatialAxes(x.shape.length, dataFormat).entries()) {
      [before[axis], after[axis]] = padding[i]!;
    }
    return ops.pad(x, before, after);
  }
}

/** Adds zeros around 1 spatial axis. */
export class ZeroPadding1D extends ZeroPadding {
  static override readonly className: string = "ZeroPadding1D";
  static override readonly fields: Fields<ZeroPaddingSettings> = paddingFields(1);
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };
}

/** Adds zeros around 2 spatial axes. */
export class ZeroPadding2D extends ZeroPadding {
  static override readonly className: string = "ZeroPadding2D";
  static override readonly fields: Fields<ZeroPaddingSettings> = paddingFields(2);
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };
}

/** Adds zeros around 3 spatial axes. */
export class ZeroPadding3D extends ZeroPadding {
  static override readonly className: string = "ZeroPadding3D";
  static override readonly fields: Fields<ZeroPaddingSettings> = paddingFields(3);
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };
}
