import type { Variable } from "../engine/index.js";
import type { Origin } from "./types.js";

/** The last version of Keras that made an optimizer's slots in the order of the weights' names. */
const LAST_SORTED = [2, 0, 5];

/**
 * The weights in the order in which a file has the slots of one name, where names do not say which weight they belong to.
 * @param names of the weights in the file
 */
export function slotOrder(
  weights: readonly Variable[],
  names: ReadonlyMap<Variable, string>,
  { keras, pawl }: Origin,
): readonly Variable[] {
  if (pawl !== null || names.size === 0 || !sortsSlots(keras)) return weights;
  const nameOf = (weight: Variable): string => names.get(weight) ?? "";
  return [...weights].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Early versions of Keras 1 do not even write their version. */
function sortsSlots(keras: string | null): boolean {
  if (keras === null) return true;
  const version = keras.split(".").map((part) => Number.parseInt(part, 10));
  const differs = LAST_SORTED.findIndex((part, i) => part !== version[i]);
  return differs < 0 || version[differs]! < LAST_SORTED[differs]!;
}
