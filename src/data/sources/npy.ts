import { OptionError } from "../../core/errors.js";
import type { FilePath } from "../../core/path-of.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { Records } from "../records/records.js";
import type { RecordSource } from "../records/source.js";
import { type ArrayColumn, arrayColumns } from "./array-columns.js";
import { inFile } from "./named-error.js";
import { openNpyArray } from "./npy-array.js";
import { called, type FilePaths, readBytes, readParts, sourceFiles } from "./source-files.js";

/** The files of each field; those of a field are taken one after the other. */
export type FieldFiles = { readonly [field: string]: FilePaths };

const OWNER = "data.npy";

/** The rows of `.npy` files: see `data.npy`. */
export async function openNpy(given: FilePaths | FieldFiles, files: Vfs): Promise<RecordSource> {
  const fields = Object.entries(fieldsOf(given));
  if (fields.length === 0) throw withoutFields();
  const columns: ArrayColumn[] = [];
  const paths = new Set<string>();
  for (const [field, own] of fields) {
    const arrays = [];
    for (const file of await sourceFiles(own, OWNER, files)) {
      const { path, size } = file;
      paths.add(path);
      const read = (start: number, end: number) => readBytes(files, file, start, end);
      const readAll = (parts: readonly (readonly [number, number])[]) => readParts(files, file, parts);
      const open = () => openNpyArray({ path, where: `"${path}"`, size, read, readAll });
      arrays.push(await inFile(path, "Save it again with np.save", open));
    }
    columns.push({ field, arrays });
  }
  // All of them together, so that each has a name of its own.
  const list = await sourceFiles([...paths], OWNER, files);
  return arrayColumns(columns, list, files);
}

const fieldsOf = (given: FilePaths | FieldFiles): FieldFiles =>
  isPlainObject(given) ? (given as FieldFiles) : { x: given as FilePaths };

function withoutFields(): OptionError {
  return new OptionError({
    code: "no-paths",
    what: `${OWNER} needs at least one file`,
    received: "{}",
    expected: 'a path, several, a pattern, or { x: "images.npy", y: "labels.npy" }',
    fix: "Give the path of a file",
  });
}

/**
 * Records of the rows of NumPy's `.npy` files, which can be larger than memory: each row is read by its position. A path,
 * several or a pattern give records `{ x }`; `{ x: "images.npy", y: "labels.npy" }` gives these fields, each file or list of
 * files with as many rows. Rows of arrays with one axis are numbers, truth values or strings; those of others are Tensors of
 * the array's dtype. float16 becomes float32, which loses nothing; a 64-bit integer that is alone becomes a number and is an
 * error beyond 2^53. Both byte orders are read.
 * @throws {FormatError} for missing and damaged files, dtypes without a counterpart (complex numbers, dates, pickled objects)
 * and arrays in Fortran order
 * @example const digits = await data.npy({ x: "images.npy", y: "labels.npy" });
 */
export async function npy(files: FilePaths | FieldFiles): Promise<Records> {
  const all = isPlainObject(files) ? (Object.values(files).flat() as readonly FilePath[]) : (files as FilePaths);
  return Records.from(await openNpy(files, nodeVfs()), called("npy", all));
}
