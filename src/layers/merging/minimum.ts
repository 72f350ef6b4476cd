import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BaseMerge } from "./base-merge.js";

/** The least of the inputs, element by element. */
export class Minimum extends BaseMerge {
  static override readonly className: string = "Minimum";

  protected override merge(inputs: readonly Value[]): Value {
    return inputs.reduce((least, input) => ops.minimum(least, input));
  }
}
