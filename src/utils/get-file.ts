import { FormatError, OptionError } from "../core/errors.js";
import { type Fields, nullable, oneOf, resolveOptions, text } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { sha256, toHex } from "../core/sha256.js";
import { nodeVfs } from "../core/vfs-node.js";

/** Options of `getFile`. */
export interface GetFileOptions {
  /** Hexadecimal digest that the file must have. Default null: it is not looked at. */
  readonly fileHash?: string | null;
  /** Default "auto": by the length of `fileHash`, 64 digits for SHA-256 and 32 for MD5. */
  readonly hashAlgorithm?: "auto" | "sha256" | "md5";
}

const FIELDS: Fields<GetFileOptions> = {
  fileHash: nullable(text()),
  hashAlgorithm: oneOf(["auto", "sha256", "md5"], { default: "auto" }),
};

/**
 * The path of a file on this machine, after a look whether it is there and what was expected. Nothing is ever fetched from
 * a network: unlike Keras, Pawl refuses `http:` and the like.
 * @throws {OptionError} for the address of a file elsewhere
 * @throws {FormatError} when there is no such file, or its digest is another one
 */
export async function getFile(origin: FilePath, options?: GetFileOptions): Promise<string> {
  const { fileHash, hashAlgorithm } = resolveOptions("getFile", FIELDS, options);
  const address = origin instanceof URL ? origin.href : origin;
  if (typeof address === "string" && /^[a-z][a-z0-9+.-]+:/i.test(address) && !/^file:/i.test(address)) {
    throw elsewhere(address);
  }
  const isUrl = typeof address === "string" && /^file:/i.test(address);
  const path = pathOf(isUrl ? new URL(address) : origin, "getFile: origin");
  const files = nodeVfs();
  const stat = await files.stat(path);
  if (stat?.kind !== "file") throw noFile(path, stat === undefined ? "nothing there" : `a ${stat.kind}`);
  if (fileHash === null) return path;
  const algorithm = hashAlgorithm === "auto" ? (fileHash.length === 64 ? "sha256" : "md5") : hashAlgorithm;
  const received = await digestOf(await files.readFile(path), algorithm);
  if (received === fileHash.toLowerCase()) return path;
  throw new FormatError({
    code: "file-hash",
    what: `"${path}" is not the file that was expected`,
    received: `${algorithm} ${received}`,
    expected: fileHash,
    fix: "The file is damaged, or another version: get it again",
    data: { path },
  });
}

async function digestOf(bytes: Uint8Array, algorithm: "sha256" | "md5"): Promise<string> {
  if (algorithm === "sha256") return toHex(await sha256([bytes]));
  const { createHash } = await import("node:crypto");
  return createHash("md5").update(bytes).digest("hex");
}

function elsewhere(address: string): OptionError {
  return new OptionError({
    code: "not-local",
    what: "getFile opens files of this machine alone: Pawl fetches nothing from a network, asked or unasked",
    received: address,
    expected: "a path, or a file: URL",
    fix: "Download it yourself, e.g. with fetch() or curl, and give the path",
  });
}

function noFile(path: string, received: string): FormatError {
  return new FormatError({
    code: "no-file",
    what: `There is no file "${path}"`,
    received,
    expected: "a file on this machine",
    fix: "Look at the path; it starts in the folder that the program was started in",
    data: { path },
  });
}
