import { allocate, type DType, type TensorData } from "../core/dtype.js";
import { OptionError, ShapeError, StateError } from "../core/errors.js";
import { type Fields, int, oneOf, resolveOptions, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import { formatShape, type StaticShape, sameShape, sizeOf } from "../core/shape.js";
import { nearest } from "../core/spelling.js";
import { CHANGES, type Json, type Stateful, type StateValue } from "../core/stateful.js";
import { Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";
import { checkShape } from "../core/tensor-data.js";
import { isPlainObject, valueText } from "../core/value-text.js";

/** What one field of a row holds: its shape, or shape and dtype. */
export type ReplayField = StaticShape | { readonly shape?: StaticShape; readonly dtype?: ReplayDType };

/** Dtypes of fields; 8 bits keep images small. */
export type ReplayDType = "float32" | "int32" | "bool" | "uint8" | "int8" | "float64";

/** Options of {@link ReplayBuffer}. */
export interface ReplayOptions<F extends Readonly<Record<string, ReplayField>>> {
  /** Most rows; the oldest give way to new ones. */
  readonly capacity: number;
  /** The fields of a row by name, e.g. `{ state: [4], action: { dtype: "int32" }, reward: [] }`. float32 by default. */
  readonly fields: F;
}

/** A row as it is added: numbers, booleans, lists, typed arrays or Tensors. */
export type ReplayRow<F> = {
  readonly [K in keyof F]: number | boolean | ArrayLike<number> | TensorLike | readonly unknown[];
};

/** Several rows, stacked along the first axis. */
export type ReplayRows<F> = { readonly [K in keyof F]: Tensor };

/** What draws whole numbers: `run.random`, or the library's `random`. */
export interface DrawsIntegers {
  integers(low: number, high: number, shape: StaticShape): TensorLike;
}

interface Column {
  readonly shape: StaticShape;
  readonly dtype: ReplayDType;
  /** Elements of one row. */
  readonly width: number;
  readonly data: Exclude<TensorData, string[] | BigInt64Array | BigUint64Array>;
}

interface FieldOptions {
  readonly shape?: StaticShape;
  readonly dtype?: ReplayDType;
}

const FIELD: Fields<FieldOptions> = {
  shape: { default: [], parse: (value) => checkShape(value as StaticShape) },
  dtype: oneOf(["float32", "int32", "bool", "uint8", "int8", "float64"], { default: "float32" }),
};

const FIELDS: Fields<ReplayOptions<Readonly<Record<string, ReplayField>>>> = {
  capacity: int({ min: 1 }),
  fields: {
    parse(value, where) {
      if (isPlainObject(value) && Object.keys(value).length > 0) return value as Readonly<Record<string, ReplayField>>;
      throw wrongOption(where, "an object of shapes by name, e.g. { state: [4], reward: [] }", value);
    },
  },
};

/**
 * The last rows of experience, for learning from them again: a ring of fixed capacity. Give it to `openRun` as a part
 * of the run: only the rows that are filled are saved, and copied at once.
 * @example
 * const memory = new data.ReplayBuffer({ capacity: 10_000, fields: { state: [4], action: { dtype: "int32" }, reward: [] } });
 * memory.add({ state: [0, 0, 1, 0], action: 1, reward: 0.5 });
 * const { state, action, reward } = memory.sample(32, run.random);
 */
export class ReplayBuffer<F extends Readonly<Record<string, ReplayField>> = Readonly<Record<string, ReplayField>>>
  implements Stateful
{
  readonly capacity: number;
  readonly #columns: ReadonlyMap<string, Column>;
  #size = 0;
  /** Where the next row goes. */
  #next = 0;
  #changes = 0;

  /** @throws {OptionError} for unknown or wrong options */
  constructor(options: ReplayOptions<F>) {
    const { capacity, fields } = resolveOptions("ReplayBuffer", FIELDS, options);
    this.capacity = capacity;
    this.#columns = new Map(
      Object.entries(fields).map(([name, field]) => {
        const given = Array.isArray(field) ? { shape: field as StaticShape } : field;
        const { shape, dtype } = resolveOptions<FieldOptions>(
          `ReplayBuffer.fields.${name}`,
          FIELD,
          given as FieldOptions,
        );
        const width = sizeOf(shape);
        return [name, { shape, dtype, width, data: allocate(dtype, capacity * width) as Column["data"] }];
      }),
    );
  }

  /** Rows that are filled. */
  get size(): number {
    return this.#size;
  }

  /** How often it has changed. @internal */
  get [CHANGES](): number {
    return this.#changes;
  }

  /**
   * Adds a row; the oldest one gives way when it is full.
   * @throws {OptionError} for a field that is missing or unknown, {@link ShapeError} for a value of another size; nothing
   * is added then
   */
  add(row: ReplayRow<F>): void {
    this.#checkNames(row);
    const values = [...this.#columns].map(([name, column]) => elementsOf(name, column, row[name as keyof F]));
    let i = 0;
    for (const { data, width } of this.#columns.values()) {
      const elements = values[i++]!;
      if (typeof elements === "number") data[this.#next] = elements;
      else data.set(elements as ArrayLike<number>, this.#next * width);
    }
    this.#next = (this.#next + 1) % this.capacity;
    this.#size = Math.min(this.#size + 1, this.capacity);
    this.#changes++;
  }

  /**
   * Rows drawn at random, each equally likely and possibly more than once.
   * @param random `run.random`, so that a run that goes on draws the same rows; or `random`
   * @throws {StateError} while it is empty
   */
  sample(rows: number, random: DrawsIntegers): ReplayRows<F> {
    int({ min: 1 }).parse(rows, "ReplayBuffer.sample: rows");
    if (this.#size === 0) {
      throw new StateError({
        code: "replay-empty",
        what: "ReplayBuffer.sample: there are no rows yet",
        fix: "Add some first, e.g. while (memory.size < 32) memory.add(…)",
      });
    }
    return this.rows(random.integers(0, this.#size, [rows]).data as ArrayLike<number>);
  }

  /** The rows at these places: 0 to size - 1, in no order of age once the buffer has been full. */
  rows(places: ArrayLike<number>): ReplayRows<F> {
    for (let i = 0; i < places.length; i++) this.#checkPlace(places[i]!);
    const entries = [...this.#columns].map(([name, { shape, dtype, width, data }]) => {
      const out = allocate(dtype, places.length * width) as Column["data"];
      for (let i = 0; i < places.length; i++) {
        const from = places[i]! * width;
        if (width === 1) out[i] = data[from]!;
        else out.set(data.subarray(from, from + width) as never, i * width);
      }
      return [name, new Tensor(out, [places.length, ...shape], dtype as DType)];
    });
    return Object.fromEntries(entries) as ReplayRows<F>;
  }

  /** Forgets all rows. */
  clear(): void {
    this.#size = 0;
    this.#next = 0;
    this.#changes++;
  }

  /** What must be the same where a state is set. */
  spec(): Json {
    const fields = [...this.#columns].map(([name, { shape, dtype }]) => [name, { shape: [...shape], dtype }] as const);
    return { capacity: this.capacity, fields: Object.fromEntries(fields) };
  }

  /** The rows as views: copy them to keep them past the next {@link add}. */
  getState(): StateValue {
    const tensors = [...this.#columns].map(([name, { shape, dtype, width, data }]) => {
      return [name, new Tensor(data.subarray(0, this.#size * width), [this.#size, ...shape], dtype)] as const;
    });
    return { json: { size: this.#size, next: this.#next }, tensors: Object.fromEntries(tensors) };
  }

  /** @throws {StateError} when it is the state of a buffer with other fields or capacity; nothing has changed then */
  setState({ json, tensors }: StateValue): void {
    const { size = null, next = null } = isConfig(json) ? json : {};
    const fits = (value: Json, most: number): value is number =>
      Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most;
    const same = [...this.#columns].every(([name, { shape, dtype }]) => {
      const saved = tensors[name];
      return saved?.dtype === dtype && sameShape(saved.shape, [size as number, ...shape]);
    });
    if (!fits(size, this.capacity) || !fits(next, this.capacity - 1) || !same) {
      throw new StateError({
        code: "replay-state",
        what: "ReplayBuffer.setState: this is the state of another buffer",
        received: Object.entries(tensors)
          .map(([name, { shape, dtype }]) => `${name} ${dtype}${formatShape(shape)}`)
          .join(", "),
        expected: `at most ${this.capacity} rows of ${JSON.stringify(this.spec())}`,
        fix: "Give it the capacity and the fields that it had",
      });
    }
    for (const [name, { data }] of this.#columns) data.set(tensors[name]!.data as never);
    this.#size = size;
    this.#next = next;
    this.#changes++;
  }

  #checkPlace(at: number): void {
    if (Number.isInteger(at) && at >= 0 && at < this.#size) return;
    throw new OptionError({
      code: "replay-row",
      what: "ReplayBuffer.rows: there is no such row",
      received: valueText(at),
      expected: this.#size === 0 ? "rows that were added" : `whole numbers from 0 to ${this.#size - 1}`,
    });
  }

  #checkNames(row: unknown): void {
    const names = [...this.#columns.keys()];
    const given = isPlainObject(row) ? Object.keys(row) : [];
    const unknown = given.find((name) => !this.#columns.has(name));
    const missing = names.find((name) => !given.includes(name));
    if (unknown === undefined && missing === undefined) return;
    const guess = unknown === undefined ? undefined : nearest(unknown, names);
    throw new OptionError({
      code: "replay-fields",
      what: `ReplayBuffer.add: ${unknown === undefined ? `the row has no ${missing}` : `the buffer has no field ${unknown}`}`,
      received: isPlainObject(row) ? given.join(", ") || "no fields" : valueText(row),
      expected: names.join(", "),
      ...(guess === undefined ? {} : { fix: `Did you mean "${guess}"?` }),
    });
  }
}

/** One value as a number, or as the elements of a row. */
function elementsOf(name: string, { shape, width }: Column, value: unknown): number | ArrayLike<number> {
  if (shape.length === 0 && (typeof value === "number" || typeof value === "boolean")) return Number(value);
  const flat = ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<number>) : null;
  if (flat !== null && flat.length === width) return flat;
  const tensor = tensorFrom(value, `ReplayBuffer.add: ${name}`);
  if (tensor.size === width) return tensor.data as ArrayLike<number>;
  throw new ShapeError({
    code: "replay-shape",
    what: `ReplayBuffer.add: ${name} has another size`,
    received: `shape ${formatShape(tensor.shape)}`,
    expected: `shape ${formatShape(shape)}`,
    fix: "Give one row at a time",
    data: { field: name },
  });
}
