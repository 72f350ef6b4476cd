import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BaseMerge } from "./base-merge.js";

/** The product of the inputs, element by element. */
export class Multiply extends BaseMerge {
  static override readonly className: string = "Multiply";

  protected override merge(inputs: readonly Value[]): Value {
    return inputs.reduce((product, input) => ops.multiply(product, input));
  }
}
