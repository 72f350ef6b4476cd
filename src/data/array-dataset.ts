import { ShapeError } from "../core/errors.js";
import { type Field, type Fields, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";
import type { Batch, BatchOrder, BatchStream, Dataset } from "./dataset.js";
import { fingerprintOf, sampledFingerprintOf } from "./fingerprint.js";
import { gatherRows, rowsView } from "./gather-rows.js";
import { permutation, permutationInBatch } from "./permutation.js";
import { type ArraysInput, toTensors } from "./to-tensors.js";

/** Arrays as a user gives them: one each, or a list for several inputs or outputs. */
export interface DatasetArrays {
  /** Inputs: one array, or a list of them. The first axis counts the samples. */
  readonly x: ArraysInput;
  /** Targets: one array, or a list of them. Default null: none. */
  readonly y?: ArraysInput | null;
  /** One number for each sample; a list for several outputs. Default null: 1 for all. */
  readonly sampleWeight?: ArraysInput | null;
}

// The contents are checked where they become tensors.
const someArrays: Field<ArraysInput | null> = { default: null, parse: (value) => value as ArraysInput | null };
const FIELDS: Fields<DatasetArrays> = {
  x: { parse: (value) => value as ArraysInput },
  y: someArrays,
  sampleWeight: someArrays,
};

/** Samples in memory: rows of arrays of equal length. */
export class ArrayDataset implements Dataset {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
  readonly sampleWeight: readonly Tensor[];
  readonly rows: number;
  readonly seek = "index" as const;
  readonly ordered = true as const;

  /** @throws {ShapeError} when the arrays have different numbers of samples, or none */
  constructor(arrays: DatasetArrays) {
    const { x, y, sampleWeight } = resolveOptions("ArrayDataset", FIELDS, arrays);
    this.x = toTensors(x, "x");
    this.y = y === null ? [] : toTensors(y, "y");
    this.sampleWeight = sampleWeight === null ? [] : toTensors(sampleWeight, "sampleWeight");
    this.rows = commonRows({ x: this.x, y: this.y, sampleWeight: this.sampleWeight });
  }

  batchesPerPass(batchSize: number): number {
    return Math.ceil(this.rows / batchSize);
  }

  open(order: BatchOrder): BatchStream {
    const rows = order.shuffle === true ? permutation(this.rows, order.seed, order.pass) : null;
    let batch = order.from ?? 0;
    let spare: Batch | null = null;
    let ready: Batch | null = null;
    const pick = (from: Uint32Array, start: number, end: number): Batch => {
      const picked = this.pick(from, start, end, spare);
      spare = null;
      return picked;
    };
    const make = (): Batch | null => {
      const start = batch * order.batchSize;
      const end = Math.min(start + order.batchSize, this.rows);
      if (start >= end) return null;
      if (rows !== null) return pick(rows, start, end);
      if (order.shuffle !== "batch") return this.range(start, end);
      const inside = permutationInBatch(end - start, order.seed, order.pass, batch);
      return pick(
        inside.map((row) => start + row),
        0,
        end - start,
      );
    };
    const take = (): Batch | null => {
      const made = make();
      batch++;
      return made;
    };
    return {
      missing: Math.max(0, batch - this.batchesPerPass(order.batchSize)),
      next: async () => {
        const next = ready ?? take();
        ready = null;
        return next;
      },
      prepare() {
        ready ??= take();
      },
      recycle(used) {
        spare = used;
      },
      getState: async (): Promise<Json> => null,
      close: async () => undefined,
    };
  }

  /** Rows `start … end - 1` as their own dataset, over the same memory. */
  slice(start: number, end: number): ArrayDataset {
    const cut = (tensors: readonly Tensor[]): Tensor[] => tensors.map((tensor) => rowsView(tensor, start, end));
    const { x, y, sampleWeight } = this;
    return new ArrayDataset({
      x: cut(x),
      y: y.length === 0 ? null : cut(y),
      sampleWeight: sampleWeight.length === 0 ? null : cut(sampleWeight),
    });
  }

  /** The rows with these numbers, in this order, as their own dataset: a copy. */
  take(rows: Uint32Array | readonly number[]): ArrayDataset {
    const order = Uint32Array.from(rows);
    const { x, y, sampleWeight } = this.pick(order, 0, order.length, null);
    return new ArrayDataset({
      x,
      y: y.length === 0 ? null : y,
      sampleWeight: sampleWeight.length === 0 ? null : sampleWeight,
    });
  }

  fingerprint(): Promise<string> {
    return fingerprintOf({ x: this.x, y: this.y, sampleWeight: this.sampleWeight });
  }

  /** The same over a sample of large arrays: fast enough for every call of `fit`. */
  sampledFingerprint(): Promise<string> {
    return sampledFingerprintOf({ x: this.x, y: this.y, sampleWeight: this.sampleWeight });
  }

  private range(start: number, end: number): Batch {
    const cut = (tensors: readonly Tensor[]): Tensor[] => tensors.map((tensor) => tensor.slice(start, end));
    return { rows: end - start, x: cut(this.x), y: cut(this.y), sampleWeight: cut(this.sampleWeight) };
  }

  private pick(order: Uint32Array, start: number, end: number, spare: Batch | null): Batch {
    const cut = (key: "x" | "y" | "sampleWeight"): Tensor[] =>
      this[key].map((tensor, i) => gatherRows(tensor, order, start, end, spare?.[key][i]));
    return { rows: end - start, x: cut("x"), y: cut("y"), sampleWeight: cut("sampleWeight") };
  }
}

/**
 * The number of samples, which must be the same in all arrays.
 * @throws {ShapeError} naming every array with its size when they differ
 */
export function commonRows(arrays: Readonly<Record<string, readonly Tensor[]>>): number {
  const named = Object.entries(arrays).flatMap(([name, tensors]) =>
    tensors.map((tensor, i) => ({ name: tensors.length === 1 ? name : `${name}[${i}]`, shape: tensor.shape })),
  );
  const scalar = named.find(({ shape }) => shape.length === 0);
  if (scalar !== undefined) {
    throw new ShapeError({
      code: "no-sample-axis",
      what: `${scalar.name} has no axis of samples`,
      received: `shape ${formatShape(scalar.shape)}`,
      expected: "at least one axis, the first of which counts samples",
      fix: "Put a single sample into a list of its own",
    });
  }
  const sizes = named.map(({ name, shape }) => `${name}: ${shape[0]}`);
  const rows = named[0]?.shape[0] ?? 0;
  if (named.some(({ shape }) => shape[0] !== rows)) {
    throw new ShapeError({
      code: "sample-counts",
      what: "The arrays have different numbers of samples",
      received: sizes.join(", "),
      expected: "the same first dimension for all",
      fix: "Give as many rows of each; look for a transposed array, or a row that has no list of its own",
      data: { sizes },
    });
  }
  if (rows === 0) {
    throw new ShapeError({
      code: "no-samples",
      what: "There is no data",
      received: sizes.join(", ") || "no arrays",
      expected: "at least one row",
      fix: "Look at what makes the arrays: they are empty",
    });
  }
  return rows;
}
