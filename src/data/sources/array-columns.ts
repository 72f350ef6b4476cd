import { FormatError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import { holding } from "../records/holding.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { checkRange } from "./blocked-source.js";
import type { NpyArray } from "./npy-array.js";
import { fileParts, type SourceFile } from "./source-files.js";

/** The arrays of a field: their rows one after the other. */
export interface ArrayColumn {
  readonly field: string;
  readonly arrays: readonly NpyArray[];
}

/**
 * Records of the rows of arrays on disk: any is read alone.
 * @throws {FormatError} for fields with different numbers of rows, or arrays of one field with different rows
 */
export function arrayColumns(
  columns: readonly ArrayColumn[],
  list: readonly SourceFile[],
  files: Vfs,
): RecordSource<DataRecord> {
  columns.forEach(checkKinds);
  const length = commonLength(columns);
  const readers = columns.map(({ field, arrays }) => [field, rowsAcross(arrays)] as const);
  return {
    length,
    blocks: null,
    owned: true,
    fields: Object.fromEntries(columns.map(({ field, arrays }) => [field, arrays[0]!.kind])),
    async read(from, to) {
      checkRange(from, to, length);
      const read = await Promise.all(readers.map(async ([field, rows]) => [field, await rows(from, to)] as const));
      return Array.from({ length: to - from }, (_, i) => {
        const record: Record<string, unknown> = {};
        for (const [field, rows] of read) record[field] = rows[i];
        return record;
      });
    },
    parts: () => fileParts(list, files),
  };
}

function rowsAcross(arrays: readonly NpyArray[]): (from: number, to: number) => Promise<unknown[]> {
  const starts: number[] = [];
  let length = 0;
  for (const { rows } of arrays) {
    starts.push(length);
    length += rows;
  }
  return async (from, to) => {
    const out: unknown[][] = [];
    for (let at = from; at < to; ) {
      const i = holding(starts, at);
      const end = Math.min(to, starts[i]! + arrays[i]!.rows);
      out.push(await arrays[i]!.readRows(at - starts[i]!, end - starts[i]!));
      at = end;
    }
    return out.length === 1 ? out[0]! : out.flat();
  };
}

function checkKinds({ arrays }: ArrayColumn): void {
  const [first, ...others] = arrays;
  const other = others.find(({ kind }) => kind !== first!.kind);
  if (other === undefined) return;
  throw new FormatError({
    code: "npy-differ",
    what: `The rows of ${other.where} are not like those of ${first!.where}`,
    received: other.kind,
    expected: first!.kind,
    fix: "Save them with one dtype and row shape, or read them apart",
    data: { path: other.path },
  });
}

function commonLength(columns: readonly ArrayColumn[]): number {
  const counts = columns.map(({ arrays }) => arrays.reduce((sum, { rows }) => sum + rows, 0));
  const wrong = counts.findIndex((count) => count !== counts[0]);
  if (wrong < 0) return counts[0]!;
  const [path] = columns[wrong]!.arrays.map((array) => array.path);
  throw new FormatError({
    code: "npy-rows",
    what: `"${path}": the arrays of the fields have different numbers of rows`,
    received: columns.map(({ field }, i) => `"${field}" ${counts[i]}`).join(", "),
    expected: "one number of rows",
    fix: 'Say which belong together, e.g. data.npz(file, { arrays: { x: "x_train", y: "y_train" } })',
    data: { path },
  });
}
