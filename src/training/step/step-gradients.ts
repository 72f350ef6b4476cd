import type { Variable } from "../../engine/variable.js";
import { arrivals } from "../../graph/autodiff.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { sum, type TotalLoss } from "./total-loss.js";

/**
 * Gradients over the whole batch with respect to variables, each by all values that the step has given it so far; null
 * where the loss does not depend on the variable.
 */
export function gradientsFor(loss: Value, variables: readonly Variable[]): (Value | null)[] {
  return arriving(loss, variables).map((gradient) => gradient && ops.allSum(gradient));
}

/** The same for a loss of known parts: those of the shards added up, plus those of the penalties, which exist once. */
export function gradientsOfParts(
  { local, penalty }: Pick<TotalLoss, "local" | "penalty">,
  variables: readonly Variable[],
): (Value | null)[] {
  const data = local === null ? null : gradientsFor(local, variables);
  const penalties = penalty === null ? null : arriving(penalty, variables);
  if (data === null || penalties === null) return data ?? penalties ?? variables.map(() => null);
  return data.map((gradient, i) => sum([gradient, penalties[i]!].filter((part) => part !== null)));
}

function arriving(loss: Value, variables: readonly Variable[]): (Value | null)[] {
  const versions = variables.map((variable) => variable.versions);
  const flat = arrivals([loss], [ops.constant(1)], versions.flat());
  let taken = 0;
  return versions.map(({ length }) => {
    const own = flat.slice(taken, (taken += length));
    return sum(own.filter((gradient) => gradient !== null));
  });
}
