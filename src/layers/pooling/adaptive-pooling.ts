import type { Field, Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { perAxisField } from "../options/conv-settings.js";
import { type DataFormat, dataFormatField } from "../options/data-format.js";

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

abstract class AdaptivePooling extends TableLayer<AdaptivePoolSettings> {
  static override readonly positional: readonly string[] = ["outputSize"];
  static override readonly traits: LayerTraits = { castsToFloat: true };

  constructor(outputSize: number | readonly number[], options: AdaptivePoolOptions = {}) {
    super(withArguments(new.target, { outputSize }, options as never));
  }

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: this.options.outputSize.length + 2 }];
  }
}

abstract class AdaptiveAveragePooling extends AdaptivePooling {
  override call(x: Value, _context?: CallContext): Value {
    return ops.adaptiveAveragePool(x, this.options);
  }
}

abstract class AdaptiveMaxPooling extends AdaptivePooling {
  override call(x: Value, _context?: CallContext): Value {
    return ops.adaptiveMaxPool(x, this.options);
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
