import { FormatError } from "../core/errors.js";
import type { Variable } from "../engine/variable.js";
import type { LearningRate } from "./learning-rate.js";
import { matchSlots } from "./match-slots.js";
import { bareName, type NamedTensor } from "./named-tensor.js";
import type { UnusedSlot } from "./slots.js";
import type { OptimizerState } from "./state.js";

/** What of a state was found. */
export interface LoadedEntries {
  /** False: the file has no step counter (Keras 2.2's RMSprop, Adagrad and Adadelta); ours was left alone. */
  readonly iteration: boolean;
  /** False: the file has no rate (Keras 2), or a schedule decides here. */
  readonly learningRate: boolean;
}

interface Loadable {
  readonly name: string;
  iteration: number;
  readonly learningRate: LearningRate;
  unusedSlots(): readonly UnusedSlot[];
  /** Number of updates made in a number of steps. */
  updatesIn(steps: number): number;
  sharedAfter(updates: number): Readonly<Record<string, number>>;
}

/** Sets an optimizer's state from a file's list; see `Optimizer.loadEntries`. */
export function loadEntries(
  owner: Loadable,
  state: OptimizerState,
  list: readonly NamedTensor[],
  order: readonly Variable[] | undefined,
): LoadedEntries {
  const { iteration, rate, slots } = splitScalars(state, list);
  const matched = matchSlots(owner.name, state, owner.unusedSlots(), slots, order);
  const steps = iteration === undefined ? owner.iteration : countOf(iteration);
  const missing = [...state.shared].filter(([, variable]) => !matched.has(variable));
  const shared = missing.length > 0 ? owner.sharedAfter(owner.updatesIn(steps)) : {};

  owner.iteration = steps;
  const takesRate = rate !== undefined && owner.learningRate.variable !== null;
  if (takesRate) owner.learningRate.assign(rate.tensor.item());
  for (const [variable, tensor] of matched) variable.write(tensor);
  for (const [name, variable] of missing) variable.write([shared[name]!]);
  return { iteration: iteration !== undefined, learningRate: takesRate };
}

function countOf({ name, tensor }: NamedTensor): number {
  const count = tensor.size === 1 ? tensor.item() : Number.NaN;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw new FormatError({
    code: "optimizer-iteration",
    what: `The optimizer state's step counter "${name}" is no count`,
    received: tensor.size === 1 ? String(count) : `${tensor.size} elements`,
    expected: "an integer >= 0",
  });
}

interface Split {
  readonly iteration: NamedTensor | undefined;
  readonly rate: NamedTensor | undefined;
  readonly slots: readonly NamedTensor[];
}

/** Step counter and learning rate, told by name or, where files number their variables, by place, dtype and shape. */
function splitScalars(state: OptimizerState, list: readonly NamedTensor[]): Split {
  // How losses were scaled for float16 is of no use in float32.
  const rest = list.filter(({ name }) => !/(^|\/)(current_loss_scale|good_steps)$/.test(bareName(name)));
  const take = (test: (entry: NamedTensor) => boolean): NamedTensor | undefined => {
    const index = rest.findIndex(test);
    return index < 0 ? undefined : rest.splice(index, 1)[0];
  };
  const iteration =
    take(({ name }) => /(^|\/)(iteration|iterations|iter)(_\d+)?$/.test(bareName(name))) ??
    (isCounter(state, rest) ? rest.shift() : undefined);
  const rate =
    take(({ name }) => /(^|\/)learning_rate$/.test(bareName(name))) ??
    (startsWithRate(state, rest) ? rest.shift() : undefined);
  return { iteration, rate, slots: rest };
}

/** Keras 1 counts in floats, and calls its counter "Variable" like everything else. */
function isCounter({ roles }: OptimizerState, rest: readonly NamedTensor[]): boolean {
  const first = rest[0];
  if (first === undefined || first.tensor.shape.length > 0) return false;
  const { dtype } = first.tensor;
  if (dtype === "int64" || dtype === "int32") return true;
  return !isNumber(first.name) && (roles[0] === undefined || roles[0].variable.shape.length > 0);
}

const isNumber = (name: string): boolean => /^\d+$/.test(name);

function startsWithRate({ roles }: OptimizerState, rest: readonly NamedTensor[]): boolean {
  const first = rest[0];
  if (first === undefined || !isNumber(first.name) || first.tensor.shape.length > 0) return false;
  const slot = roles[0];
  return slot === undefined || slot.variable.shape.length > 0 || rest.length > roles.length;
}
