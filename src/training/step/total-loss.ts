import { ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Mask } from "../../layers/index.js";
import { lossValue } from "../../losses/index.js";
import * as ops from "../../ops/index.js";
import type { OutputLoss } from "../compile/output-losses.js";

/** The loss of a step, split into each shard's part and the parts that exist once. */
export interface TotalLoss {
  /** This shard's part, whose gradients add up over shards. Null when regularization is the only loss. */
  readonly local: Value | null;
  /** Regularization penalties of the weights; the same for all shards. Null when there are none. */
  readonly penalty: Value | null;
  /** Reported losses of the outputs, before their factors, over the whole batch; where several outputs have one. */
  readonly byOutput: ReadonlyMap<OutputLoss, Value>;
  /** The total as reported, over the whole batch. */
  readonly reported: Value;
}

/** Predictions of a batch with what they are compared with, one entry per output. */
export interface Compared {
  /** float32 scalar: rows of the whole batch. */
  readonly rows: Value;
  readonly targets: readonly (Value | null)[];
  readonly predictions: readonly Value[];
  readonly weights: readonly (Value | null)[];
  /** Which steps of the predictions count. */
  readonly masks: readonly Mask[];
}

/**
 * @param added losses that layers added; this shard's part
 * @param penalized weights whose regularizers count
 */
export function totalLoss(
  { rows, targets, predictions, weights, masks }: Compared,
  losses: readonly OutputLoss[],
  added: readonly Value[],
  penalized: readonly Variable[],
): TotalLoss {
  const byOutput = new Map<OutputLoss, Value>();
  const parts = losses.map((entry) => {
    const { output, loss, weight, key } = entry;
    const [target, prediction] = [targets[output]!, predictions[output]!];
    const value = fitting(loss.name, target, prediction, () =>
      lossValue(loss, target, prediction, weights[output] ?? null, rows, masks[output]),
    );
    if (key !== null) byOutput.set(entry, ops.allSum(value));
    return weight === 1 ? value : ops.multiply(value, weight);
  });
  const local = sum([...parts, ...added]);
  const penalty = sum(penaltiesOf(penalized));
  const whole = local === null ? null : ops.allSum(local);
  return {
    local,
    penalty,
    byOutput,
    reported: sum([whole, penalty].filter((part) => part !== null)) ?? ops.constant(0),
  };
}

/** The penalties of those weights that have a regularizer. */
export function penaltiesOf(weights: readonly Variable[]): Value[] {
  return weights.flatMap((weight) => (weight.regularizer ? [weight.regularizer(weight.value)] : []));
}

/** Names the loss in the error when targets and predictions cannot be compared. */
function fitting(loss: string, target: Value, prediction: Value, make: () => Value): Value {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof ShapeError) || cause.code === "loss-shapes") throw cause;
    throw new ShapeError({
      code: "loss-shapes",
      what: `${loss} cannot compare these targets with the predictions`,
      received: `targets ${formatShape(target.shape)}`,
      expected: formatShape(prediction.shape),
      fix: "Give targets of the predictions' shape, or the last layer as many units as the targets have columns",
      cause,
    });
  }
}

export function sum(parts: readonly Value[]): Value | null {
  return parts.length === 0 ? null : parts.reduce((total, part) => ops.add(total, part));
}
