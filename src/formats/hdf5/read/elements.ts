import { type DType, viewOf } from "../../../core/dtype.js";
import { sizeOf } from "../../../core/shape.js";
import { Tensor } from "../../../core/tensor.js";
import type { Datatype } from "./datatype.js";
import { unsupported } from "./refusals.js";
import { decodeText, type Source, TEXT_BYTES } from "./source.js";
import type { TextHeapReader } from "./text-heap.js";

/**
 * The tensor in `raw` (all elements as stored), in the same memory where possible. Opaque elements of two bytes are
 * bfloat16 when `named` says so, as Keras writes it.
 */
export function toTensor(
  source: Source,
  raw: Uint8Array,
  type: Datatype,
  shape: readonly number[],
  heap: TextHeapReader,
  named?: string,
): Tensor {
  const count = sizeOf(shape);
  switch (type.kind) {
    case "number":
      return numbers(type.swapped ? swapped(source, raw, type.size) : raw, type.dtype, shape);
    case "opaque":
      if (type.size === 2 && named === "bfloat16") return numbers(raw, "bfloat16", shape);
      throw unsupported(`opaque data of ${type.size} bytes`);
    case "text":
      source.allocate(count * (TEXT_BYTES + type.size), `${count} texts`);
      return new Tensor(
        Array.from({ length: count }, (_, i) => fixedText(raw.subarray(i * type.size, (i + 1) * type.size), type)),
        shape,
        "string",
      );
    case "vlen-text": {
      source.allocate(count * TEXT_BYTES, `${count} texts`);
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
  let end = bytes.indexOf(0);
  if (end < 0) end = bytes.length;
  if (spacePadded) while (end > 0 && bytes[end - 1] === 0x20) end--;
  return decodeText(bytes.subarray(0, end));
}

/** A copy with the bytes of each element reversed. */
function swapped(source: Source, bytes: Uint8Array, size: number): Uint8Array {
  source.allocate(bytes.length, "exchanging bytes");
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    for (let i = 0; i < size; i++) out[at + i] = bytes[at + size - 1 - i]!;
  }
  return out;
}
