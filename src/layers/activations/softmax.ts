import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { axesField } from "../options/axes-field.js";

/** Score of masked elements before the softmax, as in Keras. */
const MASKED = -1e9;

export interface SoftmaxSettings {
  /** Axis, or several to normalize over together. Default -1. */
  readonly axis: number | readonly number[];
}

export type SoftmaxOptions = Given<SoftmaxSettings>;

/** exp(x) over its sum along an axis. Masked elements get 0. */
export class Softmax extends TableLayer<SoftmaxSettings> {
  static override readonly className: string = "Softmax";
  static override readonly fields: Fields<SoftmaxSettings> = {
    axis: axesField(-1),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true, takesMask: true };

  /** The mask broadcasts to the input, from the last axis on. */
  override call(x: Value, { masks: [mask = null] }: CallContext = presentContext()): Value {
    if (mask === null) return this.#softmax(x);
    const counts = mask.dtype === "bool" ? mask : ops.greater(mask, 0.5);
    return ops.where(counts, this.#softmax(ops.where(counts, x, MASKED)), 0);
  }

  #softmax(x: Value): Value {
    const { axis } = this.options;
    const axes = typeof axis === "number" ? [axis] : axis;
    return axes.length === 1
      ? ops.softmax(x, axes[0]!)
      : ops.exp(ops.subtract(x, ops.logSumExp(x, { axes, keepDims: true })));
  }
}
