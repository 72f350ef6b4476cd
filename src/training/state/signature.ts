import { type Structure, structureText } from "../../core/grouped.js";
import type { Dims, GraphDType } from "../../graph/value.js";

/** Shape and dtype of the data fed for one input, target or weight; the batch axis is -1. */
export interface FeedType {
  readonly shape: Dims;
  readonly dtype: GraphDType;
}

/** How arrays are grouped that have names; null where they came alone or as a plain list. */
export interface ArrayKeys {
  readonly inputs: Structure | null;
  readonly targets: Structure | null;
}

/** Shapes and dtypes of a batch, apart from its rows. Batches of one signature share one program. */
export interface Signature {
  readonly inputs: readonly FeedType[];
  /** One entry per output; null where there are no targets. */
  readonly targets: readonly (FeedType | null)[];
  /** One entry per output; null where rows are not weighted. */
  readonly weights: readonly (FeedType | null)[];
  readonly keys: ArrayKeys;
}

/** A key that is equal for equal signatures. */
export function signatureKey({ inputs, targets, weights, keys }: Signature): string {
  const text = (type: FeedType | null): string => (type === null ? "-" : `${type.dtype}${type.shape.join("x")}`);
  const shapes = [inputs, targets, weights].map((types) => types.map(text).join(","));
  const grouped = [keys.inputs, keys.targets].map((structure) => structure && structureText(structure));
  return [...shapes, ...grouped].join("|");
}

/** Keras's rule for names that stand for one of three losses or metrics: "accuracy", "crossentropy". */
export function taskKind(target: Dims, prediction: Dims): "binary" | "sparse" | "categorical" {
  const last = prediction.at(-1);
  if (last === 1) return "binary";
  return target.length < prediction.length || (target.at(-1) === 1 && last !== 1) ? "sparse" : "categorical";
}
