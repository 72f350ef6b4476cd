import { bool, type Fields, type Resolved } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";
import type { Batch } from "../dataset.js";
import { gatherRows } from "../gather-rows.js";
import type { BatchCursor, Batching } from "./batches.js";
import type { Run } from "./cursor.js";
import { type BatchParts, batchOf, PARTS, type ResolvedParts } from "./parts-of-batch.js";
import { Spare } from "./spare.js";
import { stack } from "./stack.js";
import { type Columns, isNumbered, type Step } from "./step.js";
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

/** Batches of `size` records one after the other. Records that lie in whole arrays are copied from there. */
export function batch(step: Step<unknown>, size: number, options: ResolvedBatch): Batching {
  const batching = batchesOf(step, size, options, `batch(${size})`, (run, spare) =>
    stacked(options, run, (values, where) => stack(values, where, spare)),
  );
  if (!isNumbered(step) || step.access({ seed: 0, epoch: 0 }).columns === undefined) return batching;
  const { open } = batching;
  return {
    ...batching,
    open(pass, from, position) {
      const { columns } = step.access(pass);
      if (columns === undefined) return open(pass, from, position);
      return inColumns(columns, { size, options, rows: batching.rows ?? 0, from });
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

/** Rows of whole arrays, without a record in between. */
function inColumns(
  { tensors, row }: Columns,
  { size, options, rows, from }: { size: number; options: ResolvedBatch; rows: number; from: number },
): BatchCursor {
  let next = from;
  const spare = new Spare();
  const names = Object.keys(tensors).join(", ");
  return {
    async next() {
      const start = next * size;
      const end = Math.min(start + size, rows);
      if (start >= end) return null;
      next++;
      const order = Uint32Array.from({ length: end - start }, (_, i) => row(start + i));
      return batchOf(
        options,
        (field) => Object.hasOwn(tensors, field),
        (field) => {
          const tensor = tensors[field]!;
          const into = spare.tensor(tensor.dtype, (tensor.size / tensor.shape[0]!) * order.length);
          return gatherRows(tensor, order, 0, order.length, into);
        },
        () => `arrays ${names}`,
      );
    },
    recycle: (batch) => spare.give(batch),
    position: null,
    missing: Math.max(0, from - Math.ceil(rows / size)),
    close: async () => undefined,
  };
}
