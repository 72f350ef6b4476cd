import { type Fields, nullable, oneOf } from "../../core/options.js";
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

export interface PoolSettings {
  /** Size of the window along each spatial axis. Default 2. */
  readonly poolSize: readonly number[];
  /** "same" lets windows reach over the edge, where nothing counts. Default "valid". */
  readonly padding: "valid" | "same";
  /** Default: the window, so that windows do not overlap. */
  readonly strides: readonly number[] | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

/** The option table of a pooling over `rank` spatial axes, in Keras's order. */
function poolFields(rank: number): Fields<PoolSettings> {
  return {
    poolSize: perAxisField(rank, 2),
    padding: oneOf(["valid", "same"], { default: "valid" }),
    strides: nullable(perAxisField(rank)),
    dataFormat: dataFormatField(),
  };
}

export type PoolOptions = Given<PoolSettings, "poolSize">;

/** A pooling over windows. Keras writes strides that were not given as the window. */
abstract class Pooling extends TableLayer<PoolSettings> {
  static override readonly positional: readonly string[] = ["poolSize"];
  static override readonly traits: LayerTraits = { castsToFloat: true };

  constructor(poolSize: number | readonly number[] = 2, options: PoolOptions = {}) {
    super(withArguments(new.target, { poolSize }, options));
  }

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: this.options.poolSize.length + 2 }];
  }

  override getConfig(): ReturnType<TableLayer<PoolSettings>["getConfig"]> {
    const { poolSize, strides } = this.options;
    return { ...super.getConfig(), strides: [...(strides ?? poolSize)] };
  }
}

abstract class MaxPooling extends Pooling {
  override call(x: Value, _context?: CallContext): Value {
    return ops.maxPool(x, this.options);
  }
}

abstract class AveragePooling extends Pooling {
  override call(x: Value, _context?: CallContext): Value {
    return ops.averagePool(x, this.options);
  }
}

/** The largest element of each window over 1 spatial axis. */
export class MaxPooling1D extends MaxPooling {
  static override readonly className: string = "MaxPooling1D";
  static override readonly fields: Fields<PoolSettings> = poolFields(1);
}

/** The largest element of each window over 2 spatial axes. */
export class MaxPooling2D extends MaxPooling {
  static override readonly className: string = "MaxPooling2D";
  static override readonly fields: Fields<PoolSettings> = poolFields(2);
}

/** The largest element of each window over 3 spatial axes. */
export class MaxPooling3D extends MaxPooling {
  static override readonly className: string = "MaxPooling3D";
  static override readonly fields: Fields<PoolSettings> = poolFields(3);
}

/** The mean of each window over 1 spatial axis. */
export class AveragePooling1D extends AveragePooling {
  static override readonly className: string = "AveragePooling1D";
  static override readonly fields: Fields<PoolSettings> = poolFields(1);
}

/** The mean of each window over 2 spatial axes. */
export class AveragePooling2D extends AveragePooling {
  static override readonly className: string = "AveragePooling2D";
  static override readonly fields: Fields<PoolSettings> = poolFields(2);
}

/** The mean of each window over 3 spatial axes. */
export class AveragePooling3D extends AveragePooling {
  static override readonly className: string = "AveragePooling3D";
  static override readonly fields: Fields<PoolSettings> = poolFields(3);
}
