import { ShapeError } from "../../core/errors.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { BaseMerge } from "./base-merge.js";

/** The first of two inputs minus the second. */
export class Subtract extends BaseMerge {
  static override readonly className: string = "Subtract";

  protected override merge(inputs: readonly Value[]): Value {
    const [a, b] = inputs;
    if (a !== undefined && b !== undefined && inputs.length === 2) return ops.subtract(a, b);
    throw new ShapeError({
      code: "input-count",
      what: `${this.label} takes exactly two inputs`,
      received: `${inputs.length}`,
      data: { layer: this.name },
    });
  }
}
