import { grouping, ONE, type Structure } from "../core/grouped.js";
import type { Json } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";

/** Rows that one training step uses. Every tensor has `rows` rows. */
export interface Batch {
  readonly rows: number;
  /** One tensor for each input of the model. */
  readonly x: readonly Tensor[];
  /** One tensor for each output; none for data without labels. */
  readonly y: readonly Tensor[];
  /** None, one for all outputs, or one for each. */
  readonly sampleWeight: readonly Tensor[];
  /** Names of the arrays, where they came by name; else they are in the model's order. */
  readonly names?: BatchNames;
  /** How the arrays were grouped, where neither alone nor in a plain list; says more than `names`. */
  readonly structures?: BatchStructures;
}

/** For each part of a batch, the names of its arrays. */
export type BatchNames = { readonly [K in "x" | "y" | "sampleWeight"]?: readonly string[] | undefined };

/** For each part of a batch, how its arrays are grouped. */
export type BatchStructures = { readonly [K in "x" | "y" | "sampleWeight"]?: Structure | undefined };

/** How the arrays of a part of a batch are grouped; undefined: alone, or in a plain list. */
export function structureIn({ structures, names }: Batch, part: keyof BatchStructures): Structure | undefined {
  const given = names?.[part];
  return (
    structures?.[part] ??
    (given &&
      grouping(
        "record",
        given,
        given.map(() => ONE),
      ))
  );
}

/** Which batches, and in which order. Equal orders give equal batches in any process. */
export interface BatchOrder {
  readonly batchSize: number;
  /** true: a new order of all rows in each pass; "batch": rows are shuffled inside each batch only, as in Keras. */
  readonly shuffle: boolean | "batch";
  readonly seed: number;
  /** How many passes over this data training began before this one; the order depends on it. */
  readonly pass: number;
  /** Index of the first batch wanted (default 0). */
  readonly from?: number;
  /** Whether the model trains on it. Default false: it is looked at, evaluated or predicted. */
  readonly training?: boolean;
  /** What {@link BatchStream.getState} gave at batch `from`. */
  readonly state?: Json;
}

/** A sequence of batches. */
export interface BatchStream {
  /** The next batch, or null at the end of the pass. */
  next(): Promise<Batch | null>;
  /**
   * Prepares the next batch while the current one is computed; `next` returns it. Only for sources that need not wait
   * for it. Must not throw.
   */
  prepare?(): void;
  /** How many batches before {@link BatchOrder.from} the pass lacks; known once a batch was asked for. Absent: none. */
  readonly missing?: number;
  /** The position after the last batch, for {@link BatchOrder.state}; null when the batch index suffices. */
  getState(): Promise<Json>;
  /** Takes back a batch that is no longer used, so that a later one can reuse its memory. */
  recycle?(batch: Batch): void;
  /** Releases what the source holds; may be called twice. */
  close(): Promise<void>;
}

/** Where batches come from. */
export interface Dataset {
  /** Rows in one pass, or null when unknown before its end. */
  readonly rows: number | null;
  /**
   * How a batch is reached: "index", at once; "state", by a saved position; "replay", by making and dropping all
   * batches before it.
   */
  readonly seek: "index" | "state" | "replay";
  /** False: the source decides the order and size of batches; `batchSize` has no effect, nor has `shuffle`. */
  readonly ordered: boolean;
  /** Whether a pass has no end. Default false. */
  readonly endless?: boolean;
  /** Batches in one pass, of which the last may be smaller; null when unknown before its end. */
  batchesPerPass(batchSize: number): number | null;
  open(order: BatchOrder): BatchStream;
  /**
   * A digest of contents, shapes and dtypes, or null when the contents cannot be read without using them up. Data of
   * several files gives `{ steps, parts }`: a digest for each file by its name, so that messages can say which changed.
   */
  fingerprint(): Promise<Json>;
}

/** Whether a value has the members of a {@link Dataset} that training needs. */
export function isDataset(value: unknown): value is Dataset {
  if (typeof value !== "object" || value === null) return false;
  const like = value as Partial<Record<keyof Dataset, unknown>>;
  return (
    typeof like.open === "function" &&
    typeof like.batchesPerPass === "function" &&
    typeof like.fingerprint === "function"
  );
}
