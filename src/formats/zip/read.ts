import { FormatError, PawlError } from "../../core/errors.js";

/** What reading an archive may use. */
export interface ZipLimits {
  /** Bytes of all entries unpacked. Default: 32 MiB + twice the archive. */
  readonly maxBytes?: number;
}

const STORED = 0;
const DEFLATED = 8;

/**
 * All files of a zip archive by name, in the archive's order, with sizes, checksums and headers verified. Refused
 * before anything is unpacked: absolute paths and "..", two entries of one name, symbolic links, encryption, local
 * headers that contradict the directory, overlapping entries, and declared sizes beyond the limit.
 * @throws {FormatError}
 */
export async function readZip(bytes: Uint8Array, limits: ZipLimits = {}): Promise<Map<string, Uint8Array>> {
  const { ZipReader, Uint8ArrayReader, configure } = await import("@zip.js/zip.js");
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new Uint8ArrayReader(bytes as Uint8Array<ArrayBuffer>), {
    checkSignature: true,
    strictness: "strict",
    checkOverlappingEntry: true,
  });
  try {
    const entries = await reader.getEntries();
    const maxBytes = limits.maxBytes ?? 32 * 2 ** 20 + 2 * bytes.length;
    const names = new Set<string>();
    let total = 0;
    for (const entry of entries) {
      checkName(entry.filename, names);
      if (entry.symlink) throw refused("zip-symlink", `"${entry.filename}" is a symbolic link`);
      if (entry.encrypted) throw refused("zip-encrypted", `"${entry.filename}" is encrypted`);
      const method = entry.compressionMethod;
      if (method !== STORED && method !== DEFLATED) {
        throw refused(
          "zip-method",
          `"${entry.filename}" is packed by method ${method}, which is neither stored nor deflated`,
        );
      }
      total += entry.uncompressedSize;
      if (!(total <= maxBytes)) {
        throw new FormatError({
          code: "zip-too-large",
          what: `Refused: the archive unpacks to more than ${maxBytes} bytes, from ${bytes.length}`,
          fix: "If you trust the file, read it with a larger limit: { maxBytes }",
        });
      }
    }
    const out = new Map<string, Uint8Array>();
    for (const entry of entries) {
      if (!("getData" in entry) || entry.getData === undefined) continue;
      out.set(entry.filename, await unpack(entry.filename, entry.uncompressedSize, (into) => entry.getData!(into)));
    }
    return out;
  } catch (error) {
    if (error instanceof PawlError) throw error;
    throw new FormatError({
      code: "zip-damaged",
      what: `The archive cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      fix: "Take another copy of the file, or an earlier checkpoint",
      cause: error,
    });
  } finally {
    await reader.close();
  }
}

/** Collects exactly `size` bytes. */
async function unpack(
  name: string,
  size: number,
  getData: (into: WritableStream<Uint8Array>) => Promise<unknown>,
): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let at = 0;
  await getData(
    new WritableStream<Uint8Array>({
      write(part) {
        if (at + part.length > size) throw wrongSize(name, `more than ${size} bytes`);
        out.set(part, at);
        at += part.length;
      },
    }),
  );
  if (at !== size) throw wrongSize(name, `${at} bytes of ${size}`);
  return out;
}

function checkName(name: string, names: Set<string>): void {
  const parts = name.split("/");
  const unsafe = name === "" || name.startsWith("/") || /^[A-Za-z]:|[\\\0]/.test(name) || parts.includes("..");
  if (unsafe) throw refused("zip-path", `the entry ${JSON.stringify(name)} would lie outside the archive's folder`);
  if (names.has(name)) throw refused("zip-duplicate", `two entries are named "${name}"`);
  names.add(name);
}

function wrongSize(name: string, received: string): FormatError {
  return new FormatError({
    code: "zip-damaged",
    what: `"${name}" in the archive does not have its declared size`,
    received,
    fix: "Take another copy of the file, or an earlier checkpoint",
  });
}

function refused(code: string, what: string): FormatError {
  return new FormatError({ code, what: `Refused: ${what}` });
}
