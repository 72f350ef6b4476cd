import type { Shape } from "../../core/shape.js";
import { sizeOf } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import { type Encoding, noSamples } from "./encode.js";

interface HostEncoded {
  readonly mode: Encoding | "tf_idf";
  readonly depth: number;
  /** How messages call the layer. */
  readonly label: string;
  /** Factor of each id's count. */
  readonly factors?: ArrayLike<number> | null;
}

/** The shape that {@link encodeOnHost} gives. @throws {ShapeError} without an axis for the ids of a sample */
export function encodedShape(shape: Shape, { mode, depth, label }: HostEncoded): Shape {
  if (mode === "int") return shape;
  if (mode === "one_hot") return [...(shape.length > 1 && shape.at(-1) === 1 ? shape.slice(0, -1) : shape), depth];
  if (shape.length < 2 && shape[0] === null) throw noSamples(label, mode, [-1]);
  return [...shape.slice(0, -1), depth];
}

/**
 * Ids as {@link encodeIds} has them, computed here. Ids outside 0 … depth - 1 count nowhere.
 * @param rows which ids belong to one sample, as the index of the first of each; null: those along the last axis
 */
export function encodeOnHost(ids: Int32Array, shape: readonly number[], encoded: HostEncoded): Tensor {
  const { mode, depth, factors = null } = encoded;
  if (mode === "int") return new Tensor(ids, shape, "int32");
  const outer = encodedShape(shape, encoded) as readonly number[];
  const each = mode === "one_hot" ? 1 : (shape.at(-1) ?? 1);
  const out = new Float32Array(sizeOf(outer));
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < 0 || id >= depth) continue;
    const at = Math.floor(i / each) * depth + id;
    out[at] = mode === "count" || mode === "tf_idf" ? out[at]! + 1 : 1;
  }
  if (factors !== null) for (let i = 0; i < out.length; i++) out[i]! *= factors[i % depth]!;
  return new Tensor(out, outer);
}
