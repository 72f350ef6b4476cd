import type { Columns } from "../pipeline/columns.js";

/** One thing to learn from: an object of fields (numbers, strings, arrays, typed arrays, Tensors). */
export type DataRecord = Readonly<Record<string, unknown>>;

/** What a part of the data is: a file, as a rule, or an array. */
export interface DataPart {
  /** e.g. a path, as the user gave it. */
  readonly name: string;
  /** Changes when the part does: size and a digest of (a sample of) its contents. */
  readonly digest: string;
}

/** The values of a field in a block: that of record `i` stands at `i * stride + offset`. */
export interface BlockColumn {
  readonly values: Float64Array | Float32Array | readonly string[];
  readonly stride: number;
  readonly offset: number;
}

/** The records of a block, each made when it is asked for: a block of a million rows is held as it is stored. */
export interface RecordBlock<R> {
  /** Number of records. */
  readonly length: number;
  /** The record with this number in the block. @throws for a damaged one */
  at(i: number): R | undefined;
  /** Where the values of a field of {@link RecordSource.packed} lie; null where a record of the block may be damaged. */
  column?(field: string): BlockColumn | null;
}

/**
 * Records numbered from 0, read in blocks: what a kind of file or array has to offer so that all steps of a pipeline work
 * over it.
 */
export interface RecordSource<R = DataRecord> {
  /** Number of records. */
  readonly length: number;
  /**
   * The record at which each block begins, ascending, the first 0: a block is the least that is read at once. Null: any
   * record is read alone.
   */
  readonly blocks: readonly number[] | null;
  /** Records `from … to - 1`, which lie in one block. Reads nothing before that block. */
  read(from: number, to: number): Promise<readonly R[]>;
  /** A whole block, by its number. Default: the records that `read` gives, all made at once. */
  block?(number: number): Promise<RecordBlock<R>>;
  /**
   * The fields whose values `block` has as columns: batches of them are made without a record in between. Default: none.
   */
  readonly packed?: Readonly<Record<string, "numbers" | "text">>;
  /** Where the fields lie in memory as whole arrays. @internal */
  readonly columns?: Columns;
  /**
   * Records of any numbers, in this order: where that takes less than `read` for each run of numbers that follow one another,
   * which is the default.
   */
  readAt?(indexes: ArrayLike<number>): readonly R[] | Promise<readonly R[]>;
  /**
   * Whether each read makes the arrays of its records anew and keeps none: they may be moved to another thread then, without a
   * copy. Default false.
   */
  readonly owned?: boolean;
  /** What the data is made of, for a run's identity: one entry a file. */
  parts(): Promise<readonly DataPart[]>;
  /** The names of the fields, and what each holds, as inferred or declared: for messages. */
  readonly fields: Readonly<Record<string, string>>;
  /** Releases what is open. May be called twice. Default: there is nothing to release. */
  close?(): Promise<void>;
}
