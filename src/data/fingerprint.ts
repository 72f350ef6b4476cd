import { sha256, toHex } from "../core/sha256.js";
import type { Tensor } from "../core/tensor.js";

const utf8 = new TextEncoder();

type Arrays = Readonly<Record<string, readonly Tensor[]>>;

/** 32 hexadecimal digits of SHA-256 over names, shapes, dtypes and contents. */
export function fingerprintOf(arrays: Arrays): Promise<string> {
  return digest(arrays, (bytes) => [bytes]);
}

/** Bytes that a sample reads of each larger array. */
const SAMPLE_BYTES = 1 << 20;
const BLOCK_BYTES = 1 << 12;

/**
 * The same over a sample of the contents, which takes about a millisecond for data of any size: all of arrays up to 1
 * MiB, and of larger ones 256 blocks, spread evenly from the first byte to the last.
 */
export function sampledFingerprintOf(arrays: Arrays): Promise<string> {
  return digest(arrays, (bytes) => {
    if (bytes.length <= SAMPLE_BYTES) return [bytes];
    const blocks = SAMPLE_BYTES / BLOCK_BYTES;
    return Array.from({ length: blocks }, (_, i) => {
      const start = Math.floor((i * (bytes.length - BLOCK_BYTES)) / (blocks - 1));
      return bytes.subarray(start, start + BLOCK_BYTES);
    });
  });
}

async function digest(arrays: Arrays, look: (bytes: Uint8Array) => readonly Uint8Array[]): Promise<string> {
  const parts: Uint8Array[] = [];
  for (const [name, tensors] of Object.entries(arrays)) {
    for (const { shape, dtype, data } of tensors) {
      const bytes = Array.isArray(data)
        ? utf8.encode(JSON.stringify(data))
        : new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      parts.push(utf8.encode(`${name} ${dtype} [${shape.join()}] ${bytes.length}\n`), ...look(bytes));
    }
  }
  return toHex(await sha256(parts)).slice(0, 32);
}
