import { inScopeOf, type NamedTensor } from "./named-tensor.js";

/** What Keras's LossScaleOptimizer has of its own, before the variables of the optimizer inside. */
export interface ScaledState {
  readonly own: readonly NamedTensor[];
  readonly inner: readonly NamedTensor[];
}

const OWN = 4;

/**
 * The two parts of a state that Keras's LossScaleOptimizer wrote: a counter, a rate of 0, a counter and a scale of its own,
 * then the counter of the optimizer inside; null for another state.
 */
export function scaledState(list: readonly NamedTensor[]): ScaledState | null {
  const first = list.slice(0, OWN + 1).map(({ tensor }) => tensor);
  if (first.length <= OWN || !first.every(({ shape }) => shape.length === 0)) return null;
  const counts = first.every(({ dtype }, i) => dtype.startsWith(i % 2 === 0 ? "int" : "float"));
  if (!counts || first[1]!.item() !== 0 || !(first[3]!.item() > 0)) return null;
  return { own: list.slice(0, OWN), inner: inScopeOf(list[0]!, list.slice(OWN)) };
}
