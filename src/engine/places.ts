import { byteSize } from "../core/dtype.js";
import { sizeOf } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { placeOf } from "../graph/plan.js";
import { type RowRange, rowsOfShard } from "../graph/shards.js";
import { shapeAt, type Value } from "../graph/value.js";
import type { Block } from "./arena.js";
import { numbers } from "./kernels/kernel.js";
import type { Lease, Pool } from "./pool.js";
import type { Slot } from "./session.js";
import { variableOf } from "./variable.js";

/** A shard, or all rows for what is done once. */
export type Shard = number | "all";

/**
 * Where the values of one program lie for one batch size. Values with the batch as first axis lie in one piece, of
 * which each shard uses its rows; other values of a shard have one place per shard; the rest have one place for all.
 */
export class Places {
  readonly shards: readonly RowRange[];
  /** Whether each shard has rows; `present` lists those that have. */
  readonly isPresent: readonly boolean[];
  readonly present: readonly number[];
  readonly #rows: number;
  /** Values that each shard computes for itself. */
  readonly #perShard: ReadonlySet<Value>;
  /** Values that are computed directly into a variable's next place. */
  readonly #targets: ReadonlyMap<Value, Value>;
  /** Those of them that overwrite the present value instead. */
  readonly #overwritten: ReadonlySet<Value>;
  /** Values that share the place of another. */
  readonly #shared: ReadonlyMap<Value, Value>;
  readonly #pool: Pool;
  readonly #leases: Lease[] = [];
  readonly #whole = new Map<Value, Slot>();
  readonly #slots: Map<Value, Slot>[];
  readonly #scratch = new Map<string, Block>();
  readonly #rowCounts = new Map<Shard, Slot>();

  constructor(
    rows: number,
    shards: number,
    perShard: ReadonlySet<Value>,
    targets: ReadonlyMap<Value, Value>,
    overwritten: ReadonlySet<Value>,
    shared: ReadonlyMap<Value, Value>,
    pool: Pool,
  ) {
    this.#pool = pool;
    this.#shared = shared;
    this.#rows = rows;
    this.shards = Array.from({ length: shards }, (_, index) => rowsOfShard(rows, shards, index));
    this.isPresent = this.shards.map(({ start, end }) => end > start);
    this.present = this.isPresent.flatMap((isPresent, shard) => (isPresent ? [shard] : []));
    this.#perShard = perShard;
    this.#targets = targets;
    this.#overwritten = overwritten;
    this.#slots = this.shards.map(() => new Map());
  }

  /** The value as shard `shard` sees it, or with all rows. */
  slot(of: Value, shard: Shard): Slot {
    const value = placeOf(of);
    if (shard === "all") return this.whole(value);
    const variable = variableOf(value);
    if (variable !== undefined) return variable.present;
    const target = this.#targets.get(value);
    if (target !== undefined) {
      const updated = variableOf(target)!;
      return this.#overwritten.has(target) && !updated.keeps ? updated.present : updated.next;
    }
    const known = this.#slots[shard]!.get(value);
    if (known !== undefined) return known;
    const slot = this.#make(value, shard);
    this.#slots[shard]!.set(value, slot);
    return slot;
  }

  /** A value that lies in one piece: one for all shards, or with the batch as its first axis. */
  whole(of: Value): Slot {
    const value = placeOf(of);
    if (variableOf(value) !== undefined || this.#targets.has(value)) return this.slot(value, 0);
    let slot = this.#whole.get(value);
    if (slot === undefined) {
      const dims = shapeAt(value.shape, this.#rows);
      const first = this.#shared.get(value) ?? value;
      slot =
        first === value
          ? this.#allocate(`${value.id}`, dims, value.dtype)
          : { block: this.whole(first).block, start: 0, dims, dtype: value.dtype };
      if (value.op === "constant")
        numbers(slot).set((value as Value<"constant">).attrs.tensor.cast(value.dtype).data as Float32Array);
      this.#whole.set(value, slot);
    }
    return slot;
  }

  /** Temporary memory of a shard; requests with the same purpose may get the same memory. */
  scratch(shard: Shard, purpose: string, dims: readonly number[]): Slot {
    const bytes = sizeOf(dims) * 4;
    const key = `${shard} ${purpose}`;
    let block = this.#scratch.get(key);
    if (block === undefined || block.byteLength < bytes) {
      block = this.#take(`scratch ${key}`, bytes);
      this.#scratch.set(key, block);
    }
    return { block, start: 0, dims, dtype: "float32" };
  }

  /** The number of a shard's rows as an int64 vector. */
  rowCount(shard: Shard): Slot {
    let slot = this.#rowCounts.get(shard);
    if (slot === undefined) this.#rowCounts.set(shard, (slot = this.#allocateRows(this.rowsOf(shard))));
    return slot;
  }

  rowsOf(shard: Shard): number {
    if (shard === "all") return this.#rows;
    const { start, end } = this.shards[shard]!;
    return end - start;
  }

  /** A copy of a value for the host, assembled from the shards if necessary. */
  read(value: Value): Tensor {
    const batch = value.shape.findIndex((dim) => dim < 0);
    if (batch > 0 && this.#isSplit(value)) return this.#join(value, batch);
    const slot = batch < 0 && this.#isSplit(value) ? this.slot(value, this.present[0]!) : this.whole(value);
    return new Tensor(numbers(slot).slice(), slot.dims, value.dtype);
  }

  dispose(): void {
    for (const lease of this.#leases) lease.release();
  }

  #isSplit(value: Value): boolean {
    return this.shards.length > 1 && this.#perShard.has(value);
  }

  #make(value: Value, shard: number): Slot {
    const isSliced = value.shape[0] !== undefined && value.shape[0] < 0;
    if (this.shards.length === 1 || (!isSliced && !this.#perShard.has(value))) return this.whole(value);
    const { start, end } = this.shards[shard]!;
    const dims = shapeAt(value.shape, end - start);
    if (!isSliced) return this.#allocate(`${value.id} of ${shard}`, dims, value.dtype);
    const { block } = this.whole(value);
    return { block, start: sizeOf(shapeAt(value.shape, start)), dims, dtype: value.dtype };
  }

  #take(key: string, bytes: number): Block {
    const lease = this.#pool.take(key, bytes);
    this.#leases.push(lease);
    return lease.block;
  }

  #allocate(key: string, dims: readonly number[], dtype: Slot["dtype"]): Slot {
    return { block: this.#take(key, sizeOf(dims) * byteSize(dtype)), start: 0, dims, dtype };
  }

  #allocateRows(count: number): Slot {
    // Written once, so it is of this number of rows alone.
    const slot = this.#allocate(`${count} rows`, [1], "int64");
    slot.block.view("int64", 1)[0] = BigInt(count);
    return slot;
  }

  #join(value: Value, axis: number): Tensor {
    const shape = shapeAt(value.shape, this.#rows);
    const out = Tensor.zeros(shape, value.dtype);
    const inner = sizeOf(shape.slice(axis + 1));
    let offset = 0;
    for (const [shard, { start, end }] of this.shards.entries()) {
      if (start === end) continue;
      const slot = this.slot(value, shard);
      const run = slot.dims[axis]! * inner;
      const data = numbers(slot);
      for (let outer = 0; outer * run < data.length; outer++) {
        const target = outer * shape[axis]! * inner + offset;
        (out.data as Float32Array).set(data.subarray(outer * run, (outer + 1) * run), target);
      }
      offset += run;
    }
    return out;
  }
}
