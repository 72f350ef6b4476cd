import type { Compressors } from "hyparquet";
import { FormatError } from "../../core/errors.js";

/** Snappy makes at most 64 bytes of 3; a page that promises more is damaged, and would cost memory. */
const SNAPPY_MOST = 32;

/** What hyparquet needs to read compressed pages: Snappy is its own, others are Node's. */
export async function parquetCodecs(): Promise<Compressors> {
  const [zlib, { snappyUncompress }] = await Promise.all([import("node:zlib"), import("hyparquet")]);
  const out: Compressors = {
    SNAPPY(input, length) {
      if (length > (input.length + 1) * SNAPPY_MOST) throw new Error("a page of Snappy promises too much");
      const page = new Uint8Array(length);
      snappyUncompress(input, page);
      return page;
    },
    GZIP: (input, length) => zlib.gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
    BROTLI: (input, length) => zlib.brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  };
  // From Node 22.15 on.
  const { zstdDecompressSync } = zlib as typeof zlib & {
    readonly zstdDecompressSync?: (input: Uint8Array, options: { readonly maxOutputLength: number }) => Uint8Array;
  };
  if (zstdDecompressSync !== undefined) {
    out.ZSTD = (input, length) => zstdDecompressSync(input, { maxOutputLength: Math.max(1, length) });
  }
  return out;
}

/** @throws {FormatError} for a way of compression that cannot be read here */
export function checkCodec(codec: string, codecs: Compressors, path: string, column: string): void {
  if (codec === "UNCOMPRESSED" || Object.hasOwn(codecs, codec)) return;
  throw new FormatError({
    code: "table-codec",
    what: `"${path}", column "${column}": compressed in a way that cannot be read here`,
    received: codec,
    expected: ["UNCOMPRESSED", ...Object.keys(codecs)].join(", "),
    fix:
      codec === "ZSTD"
        ? 'Use Node 22.15 or newer, or write the file with compression="snappy"'
        : 'Write the file with compression="snappy", "gzip" or "brotli"',
    data: { path, column },
  });
}
