import type { Field, Fields } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import { picked, weighted } from "../../ops/image/along-side.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { perAxisField } from "../options/conv-settings.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface AdaptivePoolSettings {
  /** Size of the result along each spatial axis. */
  readonly outputSize: readonly number[];
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type AdaptivePoolOptions = Given<AdaptivePoolSettings, "outputSize">;

function adaptiveFields(rank: number): Fields<AdaptivePoolSettings> {
  const outputSize: Field<readonly number[]> = perAxisField(rank);
  return { outputSize, dataFormat: dataFormatField() };
}

/** Element i of an axis of `to` is of those from floor(i * from / to) to ceil((i + 1) * from / to). */
function windowsOf(from: number, to: number): (readonly [number, number])[] {
  return Array.from({ length: to }, (_, i) => [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)] as const);
}

abstract class AdaptivePooling extends TableLayer<AdaptivePoolSettings> {
  static override readonly positional: readonly string[] = ["outputSize"];
  static override readonly traits: LayerTraits = { castsToFloat: true };

  constructor(outputSize: number | readonly number[], options: AdaptivePoolOptions = {}) {
    super(withArguments(new.target, { outputSize }, options as never));
  }

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: this.options.outputSize.length + 2 }];
  }

  override call(x: Value, _context?: CallContext): Value {
    const { outputSize, dataFormat } = this.options;
    return spatialAxes(x.shape.length, dataFormat).reduce(
      (done, axis, i) => this.pooled(done, axis, windowsOf(x.shape[axis]!, outputSize[i]!)),
      x,
    );
  }

  /** One axis in windows, [start, end] each. */
  protected abstract pooled(x: Value, axis: number, windows: readonly (readonly [number, number])[]): Value;
}

abstract class AdaptiveAveragePooling extends AdaptivePooling {
  protected override pooled(x: Value, axis: number, windows: readonly (readonly [number, number])[]): Value {
    const from = x.shape[axis]!;
    const weights = Array.from({ length: from }, (_, at) =>
      windows.map(([start, end]) => (at >= start && at < end ? 1 / (end - start) : 0)),
    );
    return weighted(x, axis, ops.constant(Tensor.from(weights)));
  }
}

abstract class AdaptiveMaxPooling extends AdaptivePooling {
  protected override pooled(x: Value, axis: number, windows: readonly (readonly [number, number])[]): Value {
    const size = Math.max(...windows.map(([start, end]) => end - start));
    const from = x.shape[axis]!;
    // Windows that are shorter have their last element more than once: of equals the first one counts.
    const ids = windows.flatMap(([start, end]) => Array.from({ length: size }, (_, k) => Math.min(start + k, end - 1)));
    const even = size * windows.length === from && ids.every((id, i) => id === i);
    const laid = even ? x : picked(x, axis, ids);
    const apart = ops.reshape(laid, [...x.shape.slice(0, axis), windows.length, size, ...x.shape.slice(axis + 1)]);
    return ops.max(apart, { axes: axis + 1 });
  }
}

/** The mean of each of `outputSize` windows over 1 spatial axis. */
export class AdaptiveAveragePooling1D extends AdaptiveAveragePooling {
  static override readonly className: string = "AdaptiveAveragePooling1D";
  static override readonly fields: Fields<AdaptivePoolSettings> = adaptiveFields(1);
}

/** The mean of each of `outputSize` windows over 2 spatial axes. */
export class AdaptiveAveragePooling2D extends AdaptiveAveragePooling {
  static override readonly className: string = "AdaptiveAveragePooling2D";
  static override readonly fields: Fields<AdaptivePoolSettings> = adaptiveFields(2);
}

/** The mean of each of `outputSize` windows over 3 spatial axes. */
export class AdaptiveAveragePooling3D extends AdaptiveAveragePooling {
  static override readonly className: string = "AdaptiveAveragePooling3D";
  static override readonly fields: Fields<AdaptivePoolSettings> = adaptiveFields(3);
}

/** The largest element of each of `outputSize` windows over 1 spatial axis. */
export class AdaptiveMaxPooling1D extends AdaptiveMaxPooling {
  static override readonly className: string = "AdaptiveMaxPooling1D";
  static override readonly fields: Fields<AdaptivePoolSettings> = adaptiveFields(1);
}

/** The largest element of each of `outputSize` windows over 2 spatial axes. */
export class AdaptiveMaxPooling2D extends AdaptiveMaxPooling {
  static override readonly className: string = "AdaptiveMaxPooling2D";
  static override readonly fields: Fields<AdaptivePoolSettings> = adaptiveFields(2);
}

/** The largest element of each of `outputSize` windows over 3 spatial axes. */
export class AdaptiveMaxPooling3D extends AdaptiveMaxPooling {
  static override readonly className: string = "AdaptiveMaxPooling3D";
  static override readonly fields: Fields<AdaptivePoolSettings> = adaptiveFields(3);
}
