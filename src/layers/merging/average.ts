import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BaseMerge } from "./base-merge.js";

/** The mean of the inputs, element by element. */
export class Average extends BaseMerge {
  static override readonly className: string = "Average";

  protected override merge(inputs: readonly Value[]): Value {
    return ops.divide(
      inputs.reduce((sum, input) => ops.add(sum, input)),
      inputs.length,
    );
  }
}
