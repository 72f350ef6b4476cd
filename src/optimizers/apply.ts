import type { Resolved } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { accumulate } from "./accumulation.js";
import { clipGradients } from "./clipping.js";
import { averaging } from "./ema.js";
import type { OptimizerOptions } from "./options.js";
import type { StepScalars, UpdateRule } from "./slots.js";
import type { OptimizerState } from "./state.js";
import { type DecayExclusion, decay, isExcluded } from "./weight-decay.js";

interface Updater<S> {
  readonly common: Resolved<OptimizerOptions>;
  updateShared(shared: Readonly<Record<string, Value>>, scalars: StepScalars): Record<string, Value>;
  decayOf(param: Variable): number | null;
  rule(scalars: StepScalars, shared: Readonly<Record<string, Value>>): UpdateRule<S>;
}

/**
 * One step of an optimizer as Keras's `BaseOptimizer.apply` makes it.
 * @param active the weights that the gradients belong to, as indexes into `state.params`
 */
export function applyUpdate<S>(
  optimizer: Updater<S>,
  state: OptimizerState,
  active: readonly number[],
  exclusion: DecayExclusion,
  gradients: readonly Value[],
  { learningRate, iteration }: { readonly learningRate: Value; readonly iteration: Value },
): Map<Variable, Value> {
  const { gradientAccumulationSteps: steps, useEma } = optimizer.common;
  const updates = new Map<Variable, Value>();
  /** Steps that only accumulate leave everything else as it was. */
  let keep = (_before: Value, after: Value): Value => after;
  let count = iteration;
  let used = gradients;

  if (steps !== null) {
    const accumulators = active.map((index) => state.accumulators[index]!);
    const values = accumulators.map((variable) => variable.value);
    const { isUpdate, updates: made, means, sums } = accumulate(gradients, values, steps, iteration);
    accumulators.forEach((variable, i) => {
      updates.set(variable, sums[i]!);
    });
    keep = (before, after) => ops.where(isUpdate, after, before);
    count = made;
    used = means;
  }

  const clipped = clipGradients(used, optimizer.common);
  const scalars: StepScalars = { learningRate, step: ops.cast(ops.add(count, 1), "float32") };
  const sharedBefore = valuesOf(state.shared);
  const shared = optimizer.updateShared(sharedBefore, scalars);
  for (const [name, variable] of state.shared) updates.set(variable, keep(variable.value, shared[name]!));

  const rule = optimizer.rule(scalars, shared);
  active.forEach((index, i) => {
    const variable = state.params[index]!;
    const weightDecay = isExcluded(variable, exclusion) ? null : optimizer.decayOf(variable);
    const before = weightDecay === null ? variable.value : decay(variable.value, weightDecay, learningRate);
    const { param, slots } = rule(before, clipped[i]!, valuesOf(state.slots[index]!) as S);
    updates.set(variable, keep(variable.value, param));
    for (const [name, slot] of state.slots[index]!) {
      updates.set(slot, keep(slot.value, (slots as Record<string, Value>)[name]!));
    }
  });

  if (useEma) {
    const average = averaging(optimizer.common, count);
    state.averages.forEach((variable, index) => {
      const weight = state.params[index]!;
      const moved = average(variable.value, updates.get(weight) ?? weight.value);
      updates.set(variable, moved.average);
      updates.set(weight, moved.param);
    });
  }
  for (const index of active) {
    const variable = state.params[index]!;
    if (variable.constraint) updates.set(variable, variable.constraint(updates.get(variable)!));
  }
  return updates;
}

function valuesOf(variables: ReadonlyMap<string, Variable>): Record<string, Value> {
  return Object.fromEntries([...variables].map(([name, variable]) => [name, variable.value]));
}
