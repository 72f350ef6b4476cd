import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BaseMerge } from "./base-merge.js";

/** The largest of the inputs, element by element. */
export class Maximum extends BaseMerge {
  static override readonly className: string = "Maximum";

  protected override merge(inputs: readonly Value[]): Value {
    return inputs.reduce((largest, input) => ops.maximum(largest, input));
  }
}
