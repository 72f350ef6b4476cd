import type { TensorData } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import { withNumbers } from "../../core/with-numbers.js";
import type { GraphDType } from "../../graph/value.js";
import { graphDType } from "../../layers/index.js";
import type { ArrayKeys, FeedType, Signature } from "./signature.js";

/** Rows that go through the network together. */
export interface ModelBatch {
  readonly rows: number;
  /** One entry per input of the model. */
  readonly inputs: readonly Tensor[];
  /** One entry per output; null where there is none. */
  readonly targets: readonly (Tensor | null)[];
  readonly weights: readonly (Tensor | null)[];
  readonly keys: ArrayKeys;
}

/** @param inputTypes dtypes of the model's inputs, to which data is cast; null: as the data is */
export function signatureOf(batch: ModelBatch, inputTypes: readonly GraphDType[] | null): Signature {
  const typeOf = (tensor: Tensor, dtype: GraphDType): FeedType => ({ shape: [-1, ...tensor.shape.slice(1)], dtype });
  return {
    inputs: batch.inputs.map((tensor, i) => typeOf(tensor, inputTypes?.[i] ?? graphDType(tensor.dtype))),
    targets: batch.targets.map((tensor) => tensor && typeOf(tensor, graphDType(tensor.dtype))),
    weights: batch.weights.map((tensor) => tensor && typeOf(tensor, "float32")),
    keys: batch.keys,
  };
}

/** The tensor's elements for a leaf of `dtype`; copied only when they must be converted. */
export function feedOf(tensor: Tensor, dtype: GraphDType): ArrayLike<number> {
  const { data } = withNumbers(tensor);
  if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) return plain(data, dtype);
  return dtype === "float32" ? Float32Array.from(data, Number) : Int32Array.from(data, Number);
}

function plain(data: Exclude<TensorData, BigInt64Array | BigUint64Array>, dtype: GraphDType): ArrayLike<number> {
  const numbers = data as Float32Array;
  if (dtype === "float32") return data instanceof Float32Array ? data : Float32Array.from(numbers);
  if (dtype === "int32") return data instanceof Int32Array ? data : Int32Array.from(numbers);
  return data instanceof Uint8Array ? data : Uint8Array.from(numbers, (element) => (element === 0 ? 0 : 1));
}
