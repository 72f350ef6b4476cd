import { sha256, toHex } from "../core/sha256.js";
import type { Tensor } from "../core/tensor.js";

const utf8 = new TextEncoder();

/** 32 hexadecimal digits of SHA-256 over names, shapes, dtypes and contents. */
export async function fingerprintOf(arrays: Readonly<Record<string, readonly Tensor[]>>): Promise<string> {
  const parts: Uint8Array[] = [];
  for (const [name, tensors] of Object.entries(arrays)) {
    for (const { shape, dtype, data } of tensors) {
      const bytes = Array.isArray(data)
        ? utf8.encode(JSON.stringify(data))
        : new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      parts.push(utf8.encode(`${name} ${dtype} [${shape.join()}] ${bytes.length}\n`), bytes);
    }
  }
  return toHex(await sha256(parts)).slice(0, 32);
}
