import { ShapeError } from "../../core/errors.js";
import { type Field, oneOf } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";

/** How ids become numbers: as they are, one vector each, one vector for the ids of a sample, or their counts. */
export type Encoding = "int" | "one_hot" | "multi_hot" | "count";

/** The option `outputMode`; Keras's old names are read too. */
export function outputModeField<const T extends string>(choices: readonly T[], resting: T): Field<T> {
  const field = oneOf(choices, { default: resting });
  return {
    ...field,
    parse: (value, where) =>
      field.parse(value === "binary" ? "multi_hot" : value === "tf-idf" ? "tf_idf" : value, where),
  };
}

interface Encoded {
  readonly mode: Encoding;
  readonly depth: number;
  /** How messages call the layer. */
  readonly label: string;
  /** Weight of each id in a count. */
  readonly weights?: Value | null;
}

/**
 * Ids as a graph encodes them. "one_hot" puts the vector on a last axis of size 1, or on a new axis; the others take the
 * last axis for the ids of a sample. Ids outside 0 … depth - 1 count nowhere.
 */
export function encodeIds(ids: Value, { mode, depth, label, weights = null }: Encoded): Value {
  const { shape } = ids;
  if (mode === "int") return ops.cast(ids, "int32");
  if (mode === "one_hot") {
    return ops.oneHot(shape.length > 1 && shape.at(-1) === 1 ? ops.reshape(ids, shape.slice(0, -1)) : ids, depth);
  }
  if (shape.length < 2) throw noSamples(label, mode, shape);
  const vectors = ops.oneHot(ids, depth);
  if (mode === "multi_hot") return ops.max(vectors, { axes: -2 });
  return ops.sum(weights === null ? vectors : ops.multiply(vectors, ops.expandDims(weights, -1)), { axes: -2 });
}

/** The error for ids without an axis for those of one sample. */
export function noSamples(label: string, mode: string, shape: readonly number[]): ShapeError {
  return new ShapeError({
    code: "encode-samples",
    what: `${label} with outputMode "${mode}" takes the ids of each sample on a last axis`,
    received: formatShape(shape.map((dim) => (dim < 0 ? null : dim))),
    expected: "(batch, ids)",
    fix: 'Give an axis for the ids, of size 1 for one id each; or use outputMode "one_hot"',
  });
}
