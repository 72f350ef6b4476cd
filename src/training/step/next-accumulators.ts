import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Measures } from "../compile/measures.js";
import type { Forward } from "./forward.js";
import type { TotalLoss } from "./total-loss.js";

/** New accumulator values of the running loss and of all metrics after this batch. */
export function nextAccumulators(measures: Measures, step: Forward, loss: TotalLoss): Map<Variable, Value> {
  const { leaves, predictions, masks } = step;
  const updates = new Map<Variable, Value>();
  const take = (from: ReadonlyMap<Variable, Value>): void => {
    for (const [variable, value] of from) updates.set(variable, value);
  };
  take(measures.loss.update(loss.reported, leaves.rows));
  for (const [{ mean }, value] of loss.byOutput) take(mean!.update(value, leaves.rows));
  for (const { metric, output, weighted } of measures.metrics) {
    const weights = weighted ? (leaves.weights[output] ?? null) : null;
    take(
      metric.update(leaves.targets[output]!, predictions[output]!, weights, {
        rows: leaves.rows,
        mask: masks[output]!,
      }),
    );
  }
  return updates;
}
