import { type NestedData, Tensor, type TensorLike } from "../../core/tensor.js";
import type { Weights } from "./edited-tree.js";
import { noLeaf } from "./editor-errors.js";

/** Weights to add, by their names. */
export type AddedWeights = Readonly<Record<string, Tensor | TensorLike | NestedData>>;

/** The tensors that they are. @param path of their object, for messages */
export function tensorsOf(weights: AddedWeights, path: string): Weights {
  const entries = Object.entries(weights);
  const tensors = entries.map(([name, given]): [string, Tensor] => [name, tensorOf(given)]);
  const wrong = entries.find(([name]) => name === "" || name.startsWith("/"));
  if (wrong !== undefined) throw noLeaf(`${path}: ${wrong[0]}`);
  return new Map(tensors);
}

function tensorOf(given: Tensor | TensorLike | NestedData): Tensor {
  if (given instanceof Tensor) return given;
  if (typeof given === "object" && "data" in given && "shape" in given) {
    const { data, shape, dtype } = given as TensorLike;
    return new Tensor(data as never, [...shape], dtype as never);
  }
  return Tensor.from(given as never);
}
