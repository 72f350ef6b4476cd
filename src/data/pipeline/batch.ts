import { bool, type Fields, type Resolved } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Batch } from "../dataset.js";
import type { BatchCursor, Batching } from "./batches.js";
import type { Run } from "./cursor.js";
import { type BatchParts, batchOf, fieldsOf, PARTS, type ResolvedParts } from "./parts-of-batch.js";
import { Spare } from "./spare.js";
import { stack } from "./stack.js";
import { type Access, isNumbered, type Step } from "./step.js";
import { Taken } from "./taken.js";

/** How records are put together. */
export interface RecordBatchOptions extends BatchParts {
  /** Whether the last records of a pass are left out if they are too few for a batch. Default false. */
  readonly dropRemainder?: boolean;
}

export const BATCH: Fields<RecordBatchOptions> = { ...PARTS, dropRemainder: bool(false) };
export type ResolvedBatch = Resolved<RecordBatchOptions>;

/** Makes a batch of records, in memory that is spare where there is some. */
export type Collate = (run: Run<unknown>, spare: Spare) => Batch;

/** Batches of `size` records one after the other. Fields that lie in columns are copied from there. */
export function batch(step: Step<unknown>, size: number, options: ResolvedBatch): Batching {
  const batching = batchesOf(step, size, options, `batch(${size})`, (run, spare) =>
    stacked(options, run, (values, where) => stack(values, where, spare)),
  );
  if (!isNumbered(step) || step.leftOut.length > 0) return batching;
  const { open } = batching;
  return {
    ...batching,
    open(pass, from, position) {
      const access = step.access(pass);
      if (!isInColumns(access, options)) return open(pass, from, position);
      return inColumns(access, { size, options, rows: batching.rows ?? 0, from });
    },
  };
}

/** Batches of `size` records, put together by `collate`. */
export function batchesOf(
  step: Step<unknown>,
  size: number,
  { dropRemainder }: ResolvedBatch,
  said: string,
  collate: Collate,
): Batching {
  const length = step.leftOut.length === 0 ? step.length : null;
  const count = length === null ? null : dropRemainder ? Math.floor(length / size) : Math.ceil(length / size);
  const isNumber = isNumbered(step) && step.leftOut.length === 0;
  return {
    step,
    said,
    rows: count === null || length === null ? null : Math.min(length, count * size),
    count,
    seek: isNumber ? "index" : "state",
    open(pass, from, position) {
      const start: Json = isNumber ? from * size : position;
      const taken = new Taken(step.open(pass, start), start);
      const spare = new Spare();
      return {
        async next() {
          const run = await taken.take(size);
          const rows = run.records.length;
          return rows === 0 || (dropRemainder && rows < size) ? null : collate(run, spare);
        },
        recycle: (batch) => spare.give(batch),
        get position() {
          return taken.position;
        },
        missing: isNumber && count !== null ? Math.max(0, from - count) : 0,
        close: () => taken.close(),
      };
    },
  };
}

/** The fields of records, each as one tensor. */
export function stacked(
  parts: ResolvedParts,
  { records, name }: Run<unknown>,
  join: (values: readonly unknown[], where: (i: number) => string) => ReturnType<typeof stack>,
): Batch {
  const list = records as readonly Readonly<Record<string, unknown>>[];
  const first = list[0]!;
  return batchOf(
    parts,
    (field) => first[field] !== undefined,
    (field) =>
      join(
        list.map((record) => record[field]),
        (i) => `"${field}" of ${name(i)}`,
      ),
    () => `${name(0)}, which has ${Object.keys(first).join(", ")}`,
  );
}

type InColumns = Access<unknown> & Required<Pick<Access<unknown>, "columns">>;

/** Whether all fields of a batch can be had without records. */
function isInColumns(access: Access<unknown>, options: ResolvedBatch): access is InColumns {
  const { columns } = access;
  return (
    columns !== undefined && fieldsOf(options).every((field) => columns.has(field) || !columns.names.includes(field))
  );
}

/** Batches of fields, without a record in between. */
function inColumns(
  { columns, name }: InColumns,
  { size, options, rows, from }: { size: number; options: ResolvedBatch; rows: number; from: number },
): BatchCursor {
  let next = from;
  const spare = new Spare();
  const fields = fieldsOf(options).filter(columns.has);
  return {
    async next() {
      const start = next * size;
      const end = Math.min(start + size, rows);
      if (start >= end) return null;
      next++;
      const indexes = new Float64Array(end - start);
      for (let i = 0; i < indexes.length; i++) indexes[i] = start + i;
      let at = 0;
      const tensors = await columns.gather(fields, indexes, spare);
      return batchOf(
        options,
        columns.has,
        // In the order of the fields: one that is used twice has two tensors.
        () => tensors[at++]!,
        () => `${name(start)}, which has ${columns.names.join(", ")}`,
      );
    },
    recycle: (batch) => spare.give(batch),
    position: null,
    missing: Math.max(0, from - Math.ceil(rows / size)),
    close: async () => undefined,
  };
}
