import { FormatError } from "../../core/errors.js";

/** How text is stored. "latin1" is ISO 8859-1: a byte for each of the first 256 characters. */
export type TextEncoding = "utf-8" | "utf-16le" | "latin1";

export const ENCODINGS: readonly TextEncoding[] = ["utf-8", "utf-16le", "latin1"];

/** Bytes of a code unit. */
export const unitBytes = (encoding: TextEncoding): number => (encoding === "utf-16le" ? 2 : 1);

/** Bytes of the mark that a text may begin with, which is no part of it. */
export function markBytes(first: Uint8Array, encoding: TextEncoding): number {
  if (encoding === "utf-8") return first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf ? 3 : 0;
  return encoding === "utf-16le" && first[0] === 0xff && first[1] === 0xfe ? 2 : 0;
}

/** The code units of the bytes, in the machine's own order. */
export function unitsOf(bytes: Uint8Array, encoding: TextEncoding): Uint8Array | Uint16Array {
  if (encoding !== "utf-16le") return bytes;
  const units = new Uint16Array(bytes.length >>> 1);
  for (let i = 0; i < units.length; i++) units[i] = bytes[2 * i]! | (bytes[2 * i + 1]! << 8);
  return units;
}

const STRICT = {
  "utf-8": new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }),
  "utf-16le": new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true }),
};

/** The text, or null for bytes that are none in this encoding. */
export function decoded(bytes: Uint8Array, encoding: TextEncoding): string | null {
  if (encoding === "latin1") return fromLatin1(bytes);
  try {
    return STRICT[encoding].decode(bytes);
  } catch {
    return null;
  }
}

/** TextDecoder's "latin1" is Windows-1252, which has other characters at 128 to 159. */
function fromLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}

/** The error for text in another encoding than the one given. */
export function notEncoded(
  where: string,
  encoding: TextEncoding,
  data: Readonly<Record<string, unknown>>,
): FormatError {
  return new FormatError({
    code: "text-encoding",
    what: `${where}: this is no text in ${encoding}`,
    received: "bytes that stand for no character there",
    expected: `${encoding}, or the encoding that it has`,
    fix: `Give its encoding: one of ${ENCODINGS.map((name) => `"${name}"`).join(", ")}`,
    data,
  });
}
