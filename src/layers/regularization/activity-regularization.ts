import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface ActivityRegularizationSettings {
  /** Factor of the sum of absolute values. Default 0. */
  readonly l1: number;
  /** Factor of the sum of squares. Default 0. */
  readonly l2: number;
}

export type ActivityRegularizationOptions = Given<ActivityRegularizationSettings>;

/** Returns its input and adds a penalty on it to the loss, divided by the rows of the batch. */
export class ActivityRegularization extends TableLayer<ActivityRegularizationSettings> {
  static override readonly className: string = "ActivityRegularization";
  static override readonly fields: Fields<ActivityRegularizationSettings> = {
    l1: float({}, { default: 0 }),
    l2: float({}, { default: 0 }),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  override call(x: Value, context: CallContext = presentContext()): Value {
    const { l1, l2 } = this.options;
    if (l1 !== 0) context.addLoss(ops.divide(ops.multiply(ops.sum(ops.abs(x)), l1), context.rows));
    if (l2 !== 0) context.addLoss(ops.divide(ops.multiply(ops.sum(ops.square(x)), l2), context.rows));
    return x;
  }
}
