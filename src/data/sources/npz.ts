import { FormatError } from "../../core/errors.js";
import { type Fields, int, resolveOptions, wrongOption } from "../../core/options.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { openZip, type ReadBytes, type ZipPlace } from "../../formats/index.js";
import { Records } from "../records/records.js";
import type { RecordSource } from "../records/source.js";
import { type ArrayColumn, arrayColumns } from "./array-columns.js";
import { checkColumns } from "./columns.js";
import { inFile } from "./named-error.js";
import { type NpyArray, openNpyArray } from "./npy-array.js";
import { called, type FilePaths, readBytes, readParts, type SourceFile, sourceFiles } from "./source-files.js";

/** Options of `data.npz`. */
export interface NpzOptions {
  /** The array of each field, e.g. `{ x: "x_train", y: "y_train" }`. Default null: all arrays, by their names. */
  readonly arrays?: { readonly [field: string]: string } | null;
  /** Bytes that arrays of `np.savez_compressed` may take in memory, where they are unpacked to. Default 2 GiB. */
  readonly memoryLimit?: number;
}

const FIELDS: Fields<NpzOptions> = {
  arrays: {
    default: null,
    parse(value, where) {
      if (value === null) return null;
      const names = isPlainObject(value) ? Object.values(value) : [];
      if (names.length > 0 && names.every((name) => typeof name === "string")) return value as Record<string, string>;
      throw wrongOption(where, 'the name of an array for each field, e.g. { x: "x_train" }, or null', value);
    },
  },
  memoryLimit: int({ min: 0 }, { default: 2 ** 31 }),
};

/** No bytes unpack to more than this many times as many. */
const LARGEST_RATIO = 1032;

/** The rows of arrays of `.npz` files: see `data.npz`. */
export async function openNpz(paths: FilePaths, options: NpzOptions | undefined, files: Vfs): Promise<RecordSource> {
  const { arrays: wanted, memoryLimit } = resolveOptions("data.npz", FIELDS, options);
  const list = await sourceFiles(paths, "data.npz", files);
  const columns = new Map<string, NpyArray[]>();
  const memory = { limit: memoryLimit, left: memoryLimit };
  for (const file of list) {
    const { path, size } = file;
    await inFile(path, "Save it again with np.savez", async () => {
      const read: ReadBytes = (start, end) => readBytes(files, file, start, end);
      const places = new Map((await openZip(read, size)).map((place) => [nameOf(place), place]));
      const fields = wanted ?? namesIn(columns, places);
      checkColumns(path, [...places.keys()], Object.values(fields));
      for (const [field, name] of Object.entries(fields)) {
        const array = await openEntry(places.get(name)!, name, file, files, memory);
        columns.set(field, [...(columns.get(field) ?? []), array]);
      }
    });
  }
  const all: ArrayColumn[] = [...columns].map(([field, arrays]) => ({ field, arrays }));
  if (all.length === 0) throw withoutArrays(list[0]!.path);
  return arrayColumns(all, list, files);
}

/** All arrays of the first file, which the others must have too. */
const namesIn = (columns: ReadonlyMap<string, unknown>, places: ReadonlyMap<string, unknown>): Record<string, string> =>
  Object.fromEntries([...(columns.size > 0 ? columns : places).keys()].map((name) => [name, name]));

function nameOf({ name }: ZipPlace): string {
  if (name.endsWith(".npy")) return name.slice(0, -4);
  throw new FormatError({
    code: "not-npz",
    what: "The archive is not a .npz file",
    received: `an entry "${name}"`,
    expected: "entries that end in .npy",
  });
}

async function openEntry(
  place: ZipPlace,
  name: string,
  file: SourceFile,
  files: Vfs,
  memory: { readonly limit: number; left: number },
): Promise<NpyArray> {
  const { path } = file;
  const where = `"${name}" of "${path}"`;
  const { size, start } = place;
  if (place.isStored) {
    return openNpyArray({
      path,
      where,
      size,
      read: (from, to) => readBytes(files, file, start + from, start + to),
      readAll: (parts) =>
        readParts(
          files,
          file,
          parts.map(([from, to]) => [start + from, start + to] as const),
        ),
    });
  }
  if (size > memory.left || size > LARGEST_RATIO * place.packed) throw tooLarge(where, path, size, memory.limit);
  memory.left -= size;
  const bytes = await place.unpack();
  const read: ReadBytes = async (from, to) => bytes.slice(from, to);
  return openNpyArray({ path, where, size, read, readAll: (parts) => Promise.all(parts.map((part) => read(...part))) });
}

function tooLarge(where: string, path: string, size: number, limit: number): FormatError {
  return new FormatError({
    code: "npz-memory",
    what: `${where} is compressed, and would take more memory than it may`,
    received: `${size} bytes, as the file itself says`,
    expected: `at most ${limit} bytes for all compressed arrays`,
    fix: "Save it again with np.savez, whose arrays are read from the file row by row, or raise memoryLimit",
    data: { path },
  });
}

function withoutArrays(path: string): FormatError {
  return new FormatError({
    code: "not-npz",
    what: `"${path}" has no arrays`,
    received: "an empty archive",
    expected: "at least one array",
    fix: "Save it again with np.savez(file, x=x, y=y)",
    data: { path },
  });
}

/**
 * Records of the rows of arrays in NumPy's `.npz` files. All arrays have as many rows, or `arrays` says which belong together
 * and how the fields are called. Arrays of `np.savez` are read from the file row by row, so they can be larger than memory,
 * and their checksums are not computed; those of `np.savez_compressed` are unpacked into memory, verified and kept there.
 * Rows become what they become in `data.npy`.
 * @param paths a file, several with the same arrays, or a pattern
 * @throws {OptionError} for options that are none
 * @throws {FormatError} for missing and damaged files and missing arrays, and as `data.npy`
 * @example const digits = await data.npz("mnist.npz", { arrays: { x: "x_train", y: "y_train" } });
 */
export async function npz(paths: FilePaths, options?: NpzOptions): Promise<Records> {
  return Records.from(await openNpz(paths, options, nodeVfs()), called("npz", paths));
}
