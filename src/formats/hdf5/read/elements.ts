import { type DType, viewOf } from "../../../core/dtype.js";
import { sizeOf } from "../../../core/shape.js";
import { Tensor } from "../../../core/tensor.js";
import type { Datatype } from "./datatype.js";
import { unsupported } from "./refusals.js";
import { decodeText } from "./source.js";
import type { TextHeapReader } from "./text-heap.js";

/**
 * The tensor that `raw` (all elements as stored, its own memory) holds. Opaque elements of two bytes are bfloat16 when
 * `named` says so, as Keras writes it.
 */
export function toTensor(
  raw: Uint8Array,
  type: Datatype,
  shape: readonly number[],
  heap: TextHeapReader,
  named?: string,
): Tensor {
  const count = sizeOf(shape);
  switch (type.kind) {
    case "number":
      if (type.swapped) swap(raw, type.size);
      return numbers(raw, type.dtype, shape);
    case "opaque":
      if (type.size === 2 && named === "bfloat16") return numbers(raw, "bfloat16", shape);
      throw unsupported(`opaque data of ${type.size} bytes`);
    case "text":
      return new Tensor(
        Array.from({ length: count }, (_, i) => fixedText(raw.subarray(i * type.size, (i + 1) * type.size), type)),
        shape,
        "string",
      );
    case "vlen-text": {
      const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
      return new Tensor(
        Array.from({ length: count }, (_, i) => heap.text(view, i * 16)),
        shape,
        "string",
      );
    }
    case "other":
      throw unsupported(type.name);
  }
}

function numbers(raw: Uint8Array, dtype: Exclude<DType, "string">, shape: readonly number[]): Tensor {
  return new Tensor(viewOf(dtype, raw.buffer, raw.byteOffset, sizeOf(shape)), shape, dtype);
}

function fixedText(bytes: Uint8Array, { spacePadded }: { readonly spacePadded: boolean }): string {
  const zero = bytes.indexOf(0);
  const text = decodeText(zero < 0 ? bytes : bytes.subarray(0, zero));
  return spacePadded ? text.replace(/ +$/, "") : text;
}

/** Big-endian to little-endian, in place. */
function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}
