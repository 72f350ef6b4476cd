import { joinBytes } from "./join-bytes.js";
import { isNode } from "./platform.js";

/**
 * SHA-256 of the concatenated parts. Node's implementation takes them as they are; a browser's needs one array, so
 * there they are joined first.
 */
export async function sha256(parts: readonly Uint8Array[]): Promise<Uint8Array> {
  if (isNode()) {
    const { createHash } = await import("node:crypto");
    const hash = createHash("sha256");
    for (const part of parts) hash.update(part);
    return new Uint8Array(hash.digest());
  }
  return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", joinBytes(parts) as Uint8Array<ArrayBuffer>));
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
