import { FormatError } from "../../../core/errors.js";
import { damaged, unsupported } from "./refusals.js";
import type { Source } from "./source.js";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Address of the root group's object header. Accepts superblocks 0 to 3 at the start of the file. */
export function readSuperblock(source: Source): number {
  if (source.bytes.length < 48 || SIGNATURE.some((byte, i) => source.bytes[i] !== byte)) {
    throw new FormatError({
      code: "not-hdf5",
      what: "This is not an HDF5 file",
      received: source.bytes.length === 0 ? "an empty file" : `${source.bytes.length} bytes that begin otherwise`,
      expected: 'a file that begins with "\\x89HDF"',
    });
  }
  const version = source.u8(8);
  if (version > 3) throw unsupported(`superblock version ${version}`);
  return version < 2 ? oldSuperblock(source, version) : newSuperblock(source);
}

function oldSuperblock(source: Source, version: number): number {
  const fields = version === 0 ? 24 : 28;
  source.need(0, fields + 72, "the superblock");
  checkSizes(source.u8(13), source.u8(14));
  checkExtent(source, source.u64(fields), source.u64(fields + 16));
  if (source.address(fields + 24) !== null) throw unsupported("a file driver");
  return source.u64(fields + 40);
}

function newSuperblock(source: Source): number {
  checkSizes(source.u8(9), source.u8(10));
  checkExtent(source, source.u64(12), source.u64(28));
  return source.u64(36);
}

function checkSizes(offsets: number, lengths: number): void {
  if (offsets !== 8 || lengths !== 8) throw unsupported(`offsets of ${offsets} and lengths of ${lengths} bytes`);
}

function checkExtent(source: Source, base: number, end: number): void {
  if (base !== 0) throw unsupported("a user block");
  if (end > source.bytes.length) {
    throw damaged("it is cut short", `${source.bytes.length} bytes`, `${end}, as its superblock says`);
  }
}
