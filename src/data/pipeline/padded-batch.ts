import { type Fields, float, int, nullable, type Resolved } from "../../core/options.js";
import { BATCH, batchesOf, type RecordBatchOptions, stacked } from "./batch.js";
import type { Batching } from "./batches.js";
import { type Padding, pad } from "./pad.js";
import type { Step } from "./step.js";

/** How records of different lengths are put together. */
export interface PaddedBatchOptions extends RecordBatchOptions, Padding {}

export const PADDED: Fields<PaddedBatchOptions> = {
  ...BATCH,
  padValue: float({}, { default: 0 }),
  padTo: nullable(int({ min: 1 })),
};

/** Batches of `size` records, whose arrays are made as long as the longest. */
export function paddedBatch(step: Step<unknown>, size: number, options: Resolved<PaddedBatchOptions>): Batching {
  return batchesOf(step, size, options, `paddedBatch(${size})`, (run) =>
    stacked(options, run, (values, where) => pad(values, where, options)),
  );
}
