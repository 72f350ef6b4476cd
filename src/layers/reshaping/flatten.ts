import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { DataFormat } from "../options/data-format.js";
import { dataFormatField, spatialAxes } from "../options/data-format.js";

export interface FlattenSettings {
  /** Default "channels_last". With "channels_first" the channels still end up last. */
  readonly dataFormat: DataFormat;
}

export type FlattenOptions = Given<FlattenSettings>;

/** (batch, ...rest) -> (batch, product of rest). */
export class Flatten extends TableLayer<FlattenSettings> {
  static override readonly className: string = "Flatten";
  static override readonly fields: Fields<FlattenSettings> = {
    dataFormat: dataFormatField(),
  };

  override call(x: Value, _context?: CallContext): Value {
    if (x.shape.length < 2) return ops.expandDims(x, -1);
    if (this.options.dataFormat === "channels_last" || x.shape.length < 3) return ops.flatten2d(x);
    const spatial = spatialAxes(x.shape.length, "channels_first");
    return ops.flatten2d(ops.transpose(x, [0, ...spatial, 1]));
  }
}
