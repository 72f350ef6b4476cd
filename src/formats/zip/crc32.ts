import { lazily } from "../../core/lazily.js";
import { isNode } from "../../core/platform.js";

const remainders = lazily(() =>
  Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  }),
);

/** CRC-32 as in zip and gzip, computed with a table where Node's own is missing. */
export function crc32ByTable(bytes: Uint8Array): number {
  const table = remainders();
  let crc = 0xffff_ffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** CRC-32, by Node's fast routine where there is one. */
export async function crc32(bytes: Uint8Array): Promise<number> {
  if (isNode()) {
    const zlib = await import("node:zlib");
    // Added in Node 20.15 and 22.2.
    if (typeof zlib.crc32 === "function") return zlib.crc32(bytes);
  }
  return crc32ByTable(bytes);
}
