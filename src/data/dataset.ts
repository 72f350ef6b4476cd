import type { Json } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";

/** Rows that one training step uses. Every tensor has `rows` rows. */
export interface Batch {
  readonly rows: number;
  /** One tensor an input of the model. */
  readonly x: readonly Tensor[];
  /** One tensor an output; none for data without labels. */
  readonly y: readonly Tensor[];
  /** None, or one for all outputs, or one an output. */
  readonly sampleWeight: readonly Tensor[];
  /** Names of the arrays, where they came by name; else they are in the model's order. */
  readonly names?: BatchNames;
}

/** For each part of a batch, the names of its arrays. */
export type BatchNames = { readonly [K in "x" | "y" | "sampleWeight"]?: readonly string[] | undefined };

/** Which batches, in which order. Equal orders give equal batches, in any process. */
export interface BatchOrder {
  readonly batchSize: number;
  /** true: a new order of all rows each pass; "batch": rows change places inside each batch only, as in Keras. */
  readonly shuffle: boolean | "batch";
  readonly seed: number;
  /** How often training has begun with this data before; a key of the order. */
  readonly pass: number;
  /** Index of the first batch wanted (default 0). */
  readonly from?: number;
  /** What {@link BatchStream.getState} gave at batch `from`. */
  readonly state?: Json;
}

/** Batches one after the other. */
export interface BatchStream {
  /** The next batch, or null at the end of the pass. */
  next(): Promise<Batch | null>;
  /**
   * Makes the next batch now, while the present one is computed; `next` hands it over. For sources that need not wait
   * for it, and must not throw.
   */
  prepare?(): void;
  /** Batches before {@link BatchOrder.from} that the pass does not have; known once a batch was asked for. Absent: none. */
  readonly missing?: number;
  /** The position after the last batch given, for {@link BatchOrder.state}; null when the batch's index says it all. */
  getState(): Promise<Json>;
  /** Takes back a batch that nobody looks at any more: a later one may come in its memory. */
  recycle?(batch: Batch): void;
  /** Lets go of what the source holds; harmless when called twice. */
  close(): Promise<void>;
}

/** Where batches come from. */
export interface Dataset {
  /** Rows of one pass, or null when only the end tells. */
  readonly rows: number | null;
  /** "index": any batch is reached at once; "state": positions are saved and set; "replay": batches before are made and dropped. */
  readonly seek: "index" | "state" | "replay";
  /** False: the source decides order and size of batches, `batchSize` and `shuffle` mean nothing. */
  readonly ordered: boolean;
  /** Batches of one pass, the last one perhaps smaller; null when only the end tells. */
  batchesPerPass(batchSize: number): number | null;
  open(order: BatchOrder): BatchStream;
  /** A digest of contents, shapes and dtypes, or null when there is nothing to look at without using it up. */
  fingerprint(): Promise<string | null>;
}

/** Whether a value offers what training needs of a {@link Dataset}. */
export function isDataset(value: unknown): value is Dataset {
  if (typeof value !== "object" || value === null) return false;
  const like = value as Partial<Record<keyof Dataset, unknown>>;
  return (
    typeof like.open === "function" &&
    typeof like.batchesPerPass === "function" &&
    typeof like.fingerprint === "function"
  );
}
