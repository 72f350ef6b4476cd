import { FormatError } from "../core/errors.js";
import type { LearningRate } from "./learning-rate.js";
import { matchSlots } from "./match-slots.js";
import { bareName, type NamedTensor } from "./named-tensor.js";
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
}

/** Sets an optimizer's state from a file's list; see `Optimizer.loadEntries`. */
export function loadEntries(owner: Loadable, state: OptimizerState, list: readonly NamedTensor[]): LoadedEntries {
  const { iteration, rate, slots } = splitScalars(owner, state, list);
  const matched = matchSlots(owner.name, state, slots);
  if (iteration !== undefined) {
    const value = iteration.tensor.item();
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new FormatError({
        code: "optimizer-iteration",
        what: `The optimizer state's step counter "${iteration.name}" is no count`,
        received: String(value),
        expected: "an integer >= 0",
      });
    }
    owner.iteration = value;
  }
  const takesRate = rate !== undefined && owner.learningRate.variable !== null;
  if (takesRate) owner.learningRate.assign(rate.tensor.item());
  for (const [variable, tensor] of matched) variable.write(tensor);
  return { iteration: iteration !== undefined, learningRate: takesRate };
}

/** Step counter and learning rate, told by name or, where files number their variables, by place and shape. */
function splitScalars(
  owner: Loadable,
  state: OptimizerState,
  list: readonly NamedTensor[],
): { iteration: NamedTensor | undefined; rate: NamedTensor | undefined; slots: readonly NamedTensor[] } {
  const named = list.some((entry) => !isNumber(entry.name));
  const rest = [...list];
  const take = (test: (entry: NamedTensor) => boolean): NamedTensor | undefined => {
    const index = rest.findIndex(test);
    return index < 0 ? undefined : rest.splice(index, 1)[0];
  };
  if (named) {
    const iteration = take((entry) => /(^|\/)(iteration|iterations|iter)$/.test(bareName(entry.name)));
    const rate = take((entry) => /(^|\/)learning_rate$/.test(bareName(entry.name)));
    // Keras 2.2 with TensorFlow 1 has nothing but numbered names; its counter comes first, as an integer.
    const first = rest[0];
    const hidden = iteration === undefined && first !== undefined && isCounter(first) ? rest.shift() : undefined;
    return { iteration: iteration ?? hidden, rate, slots: rest };
  }
  const slotCount = state.roles.length;
  const scalars = list.length - slotCount;
  const fits = scalars >= 0 && scalars <= 2 && list.slice(0, scalars).every((entry) => entry.tensor.size === 1);
  if (!fits) {
    throw new FormatError({
      code: "optimizer-count",
      what: `The optimizer state does not fit ${owner.name}`,
      received: `${list.length} variables`,
      expected: `${slotCount} slots after a step counter and perhaps a learning rate`,
      fix: "Compile with the optimizer and the options that the file was saved with",
    });
  }
  const [iteration, rate] = list;
  return {
    iteration: scalars >= 1 ? iteration : undefined,
    rate: scalars === 2 ? rate : undefined,
    slots: list.slice(scalars),
  };
}

const isCounter = ({ tensor }: NamedTensor): boolean =>
  tensor.size === 1 && tensor.shape.length === 0 && (tensor.dtype === "int64" || tensor.dtype === "int32");

const isNumber = (name: string): boolean => /^\d+$/.test(name);
