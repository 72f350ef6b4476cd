import { keysIn, type Structure } from "../../core/grouped.js";
import type { Tensor } from "../../core/tensor.js";
import { ArrayDataset } from "../../data/index.js";
import { structureOfArrays } from "../../data/structure-of-arrays.js";
import type { ArrayKeys } from "../state/signature.js";
import { type ArrayLikeData, checkTexts, type TensorsLike, toTensor } from "./arrays.js";

interface AsGiven {
  readonly tensors: readonly Tensor[];
  /** How they were grouped, if they have names. */
  readonly keys: Structure | null;
}

/** The user's data for a model that says nothing of its inputs or outputs. */
export function arraysAsGiven(
  where: string,
  given: { readonly y?: TensorsLike | null | undefined; readonly sampleWeight?: TensorsLike | null | undefined },
  x: TensorsLike,
): { readonly dataset: ArrayDataset; readonly keys: ArrayKeys } {
  const inputs = asGiven(x, `x of ${where}`);
  const targets = asGiven(given.y, `y of ${where}`);
  const weights = asGiven(given.sampleWeight, `sampleWeight of ${where}`);
  const orNone = (tensors: readonly Tensor[]): Tensor[] | null => (tensors.length === 0 ? null : [...tensors]);
  const dataset = new ArrayDataset({
    x: [...inputs.tensors],
    y: orNone(targets.tensors),
    sampleWeight: orNone(weights.tensors),
  });
  return { dataset, keys: { inputs: inputs.keys, targets: targets.keys } };
}

/**
 * The user's arrays as they are: one, a list, or an object by name.
 * @param where for messages, e.g. "x of fit of Gan "gan""
 */
function asGiven(given: TensorsLike | null | undefined, where: string): AsGiven {
  if (given === null || given === undefined) return { tensors: [], keys: null };
  const tensors: Tensor[] = [];
  const structure = structureOfArrays(given, where, (array, at) => {
    if (array === null) return;
    const tensor = toTensor(array as ArrayLikeData, at)!;
    checkTexts(tensor, false, at);
    tensors.push(tensor);
  });
  return { tensors, keys: keysIn(structure) === undefined ? null : structure };
}
