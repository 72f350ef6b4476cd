import { FormatError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import { byPart, holding, startsOf } from "../records/holding.js";
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
  const readers = columns.map(({ arrays }) => rowsAcross(arrays));
  const records = (count: number, read: readonly unknown[][]): DataRecord[] =>
    Array.from({ length: count }, (_, i) => {
      const record: Record<string, unknown> = {};
      for (const [k, { field }] of columns.entries()) record[field] = read[k]![i];
      return record;
    });
  return {
    length,
    blocks: null,
    owned: true,
    fields: Object.fromEntries(columns.map(({ field, arrays }) => [field, arrays[0]!.kind])),
    async read(from, to) {
      checkRange(from, to, length);
      return records(to - from, await Promise.all(readers.map(({ rows }) => rows(from, to))));
    },
    async readAt(indexes) {
      const count = indexes.length;
      const [first, last] = [indexes[0] ?? 0, indexes[count - 1] ?? -1];
      // In order, all lie side by side: one read, and one decoding.
      const inOrder = last - first === count - 1 && Array.from(indexes).every((index, i) => index === first + i);
      const read = readers.map(({ rows, rowsAt }) => (inOrder ? rows(first, last + 1) : rowsAt(indexes)));
      return records(count, await Promise.all(read));
    },
    parts: () => fileParts(list, files),
  };
}

/** The rows of arrays that follow one another. */
interface Rows {
  rows(from: number, to: number): Promise<unknown[]>;
  rowsAt(indexes: ArrayLike<number>): Promise<unknown[]>;
}

function rowsAcross(arrays: readonly NpyArray[]): Rows {
  const { starts } = startsOf(arrays.map(({ rows }) => rows));
  return {
    async rows(from, to) {
      const out: unknown[][] = [];
      for (let at = from; at < to; ) {
        const i = holding(starts, at);
        const end = Math.min(to, starts[i]! + arrays[i]!.rows);
        out.push(await arrays[i]!.readRows(at - starts[i]!, end - starts[i]!));
        at = end;
      }
      return out.length === 1 ? out[0]! : out.flat();
    },
    async rowsAt(indexes) {
      const places = byPart(indexes, (index) => holding(starts, index));
      const out = new Array<unknown>(indexes.length);
      const read = async ([array, list]: readonly [number, readonly number[]]): Promise<void> => {
        const rows = await arrays[array]!.readRowsAt(list.map((i) => indexes[i]! - starts[array]!));
        for (const [k, i] of list.entries()) out[i] = rows[k];
      };
      await Promise.all([...places].map(read));
      return out;
    },
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
