import { FormatError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import type { Vfs } from "../../core/vfs.js";
import { readWhole, type SourceFile } from "./source-files.js";

/**
 * A compressed file, unpacked.
 * @throws {FormatError} for one that is damaged, or larger than `limit` bytes
 */
export async function unzipped(
  file: SourceFile,
  format: "gzip" | "deflate",
  limit: number,
  files: Vfs,
): Promise<Uint8Array> {
  const { path } = file;
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  // Errors of writing also reach the reader.
  const ignore = (): undefined => undefined;
  writer.write((await readWhole(files, file)) as Uint8Array<ArrayBuffer>).catch(ignore);
  writer.close().catch(ignore);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const part = await reader.read().catch((cause: unknown) => {
      throw noArchive(path, format, cause);
    });
    if (part.done) return joinBytes(parts);
    parts.push(part.value);
    length += part.value.length;
    if (length > limit) {
      await reader.cancel().catch(ignore);
      throw tooLarge(path, limit);
    }
  }
}

function noArchive(path: string, format: string, cause: unknown): FormatError {
  return new FormatError({
    code: "unzip",
    what: `"${path}" cannot be unpacked`,
    received: cause instanceof Error ? cause.message : String(cause),
    expected: format === "gzip" ? "a whole gzip file" : "a whole zlib file",
    fix: "Get the file again, or look at how it was compressed",
    data: { path },
    cause,
  });
}

function tooLarge(path: string, limit: number): FormatError {
  return new FormatError({
    code: "unzip-memory",
    what: `"${path}" is compressed, and would take more memory than it may`,
    received: `more than ${limit} bytes unpacked`,
    expected: `at most ${limit} bytes`,
    fix: "Unpack it to disk, where any record can be read alone, or raise memoryLimit",
    data: { path },
  });
}
