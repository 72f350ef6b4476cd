import { bool, type Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface GlobalPoolSettings {
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
  /** Keeps the spatial axes, with size 1. Default false. */
  readonly keepdims: boolean;
}

export type GlobalPoolOptions = Given<GlobalPoolSettings>;

/** Reduces all of the spatial axes. */
abstract class GlobalPooling extends TableLayer<GlobalPoolSettings> {
  static override readonly fields: Fields<GlobalPoolSettings> = {
    dataFormat: dataFormatField(),
    keepdims: bool(false),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  /** Axes to reduce, and whether to keep them. */
  protected over(x: Value): { readonly axes: readonly number[]; readonly keepDims: boolean } {
    const { dataFormat, keepdims } = this.options;
    return { axes: spatialAxes(x.shape.length, dataFormat), keepDims: keepdims };
  }
}

abstract class GlobalMaxPooling extends GlobalPooling {
  override call(x: Value, _context?: CallContext): Value {
    return ops.max(x, this.over(x));
  }
}

abstract class GlobalAveragePooling extends GlobalPooling {
  override call(x: Value, _context?: CallContext): Value {
    return ops.mean(x, this.over(x));
  }
}

/** The largest element of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
export class GlobalMaxPooling1D extends GlobalMaxPooling {
  static override readonly className: string = "GlobalMaxPooling1D";
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };
}

/** The largest element of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
export class GlobalMaxPooling2D extends GlobalMaxPooling {
  static override readonly className: string = "GlobalMaxPooling2D";
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };
}

/** The largest element of each channel: (batch, ...3 spatial axes, channels) -> (batch, channels). */
export class GlobalMaxPooling3D extends GlobalMaxPooling {
  static override readonly className: string = "GlobalMaxPooling3D";
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };
}

/** The mean of each channel over the steps that count: (batch, steps, channels) -> (batch, channels). */
export class GlobalAveragePooling1D extends GlobalAveragePooling {
  static override readonly className: string = "GlobalAveragePooling1D";
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }], supportsMasking: true, takesMask: true };

  /** The output has no steps to mask. */
  override computeMask(): null {
    return null;
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const [mask = null] = context.masks;
    if (mask === null) return super.call(x, context);
    const over = this.over(x);
    const counts = ops.expandDims(ops.cast(mask, "bool"), this.options.dataFormat === "channels_first" ? 1 : -1);
    return ops.divide(ops.sum(ops.where(counts, x, 0), over), ops.sum(ops.cast(counts, "float32"), over));
  }
}

/** The mean of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
export class GlobalAveragePooling2D extends GlobalAveragePooling {
  static override readonly className: string = "GlobalAveragePooling2D";
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };
}

/** The mean of each channel: (batch, ...3 spatial axes, channels) -> (batch, channels). */
export class GlobalAveragePooling3D extends GlobalAveragePooling {
  static override readonly className: string = "GlobalAveragePooling3D";
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };
}
