import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { axesField } from "./axes-field.js";
import type { Given } from "./given.js";
import { TableLayer } from "./table-layer.js";

export interface SoftmaxSettings {
  /** Axis, or several to normalize over together. Default -1. */
  readonly axis: number | readonly number[];
}

export type SoftmaxOptions = Given<SoftmaxSettings>;

/** exp(x) over its sum along an axis. */
export class Softmax extends TableLayer<SoftmaxSettings> {
  static override readonly className: string = "Softmax";
  static override readonly fields: Fields<SoftmaxSettings> = {
    axis: axesField(-1),
  };

  constructor(options: SoftmaxOptions = {}) {
    super(options);
  }

  override get castsToFloat(): boolean {
    return true;
  }

  override get takesMask(): boolean {
    return true;
  }

  override call(x: Value): Value {
    const { axis } = this.options;
    if (typeof axis === "number") return ops.softmax(x, axis);
    return ops.exp(ops.subtract(x, ops.logSumExp(x, { axes: axis, keepDims: true })));
  }
}
