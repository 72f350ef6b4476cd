import { OptionError } from "../../core/errors.js";
import { type Fields, int } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { encodeIds, outputModeField } from "./encode.js";
import { sparseField } from "./sparse-field.js";

export interface CategoryEncodingSettings {
  /** Number of different ids: they go from 0 to numTokens - 1. */
  readonly numTokens: number;
  /**
   * "one_hot": a vector for each id; "multi_hot": one for each sample, 1 where an id occurs; "count": how often it
   * occurs. Default "multi_hot".
   */
  readonly outputMode: "one_hot" | "multi_hot" | "count";
  /** Sparse tensors are refused: only dense ones exist here. Default false. */
  readonly sparse: boolean;
}

export type CategoryEncodingOptions = Given<CategoryEncodingSettings, "numTokens">;

/**
 * Ids as vectors of numTokens numbers, (batch, ids) -> (batch, numTokens). In counts, `countWeights` of the call gives the
 * weight of each id: `encode.apply(ids, { countWeights })`.
 */
export class CategoryEncoding extends TableLayer<CategoryEncodingSettings> {
  static override readonly className: string = "CategoryEncoding";
  static override readonly positional: readonly string[] = ["numTokens"];
  static override readonly fields: Fields<CategoryEncodingSettings> = {
    numTokens: int({ min: 1 }),
    outputMode: outputModeField(["one_hot", "multi_hot", "count"], "multi_hot"),
    sparse: { ...sparseField, transient: true },
  };
  static override readonly traits: LayerTraits = { callOptions: ["countWeights"] };

  constructor(numTokens: number, options: CategoryEncodingOptions = {}) {
    super(withArguments(new.target, { numTokens }, options));
  }

  override call(ids: Value, context: CallContext = presentContext()): Value {
    const { numTokens: depth, outputMode: mode } = this.options;
    const weights = context.options["countWeights"] ?? null;
    if (weights !== null && mode !== "count") {
      throw new OptionError({
        code: "count-weights",
        what: `${this.label} cannot use countWeights`,
        received: `outputMode "${mode}"`,
        expected: '"count"',
        fix: 'Make it with { outputMode: "count" }, or leave the weights out',
      });
    }
    return encodeIds(ids, {
      mode,
      depth,
      label: this.label,
      weights: isValue(weights) ? ops.cast(weights, "float32") : null,
    });
  }
}
