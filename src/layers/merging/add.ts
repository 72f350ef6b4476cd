import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BaseMerge } from "./base-merge.js";

/** The sum of the inputs. */
export class Add extends BaseMerge {
  static override readonly className: string = "Add";

  protected override merge(inputs: readonly Value[]): Value {
    return inputs.reduce((sum, input) => ops.add(sum, input));
  }
}
