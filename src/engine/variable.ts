import { charge } from "../core/budget.js";
import { byteSize } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import { inspectAsText } from "../core/inspect.js";
import { bool, type Field, type Fields, nullable, oneOf, resolveOptions, text, wrongOption } from "../core/options.js";
import { formatShape, type StaticShape, sizeOf } from "../core/shape.js";
import { Tensor, type TensorLike } from "../core/tensor.js";
import { checkShape, notData } from "../core/tensor-data.js";
import { type GraphDType, type InputValue, makeValue, type Value } from "../graph/value.js";
import { defaultArena } from "./arena.js";
import type { Keeping, Moment } from "./moment.js";
import type { Slot } from "./session.js";

/** Options of a variable. */
export interface VariableOptions {
  /** Last part of the path, e.g. "kernel". */
  readonly name: string;
  /** Path in its model as Keras has it, e.g. "sequential/dense/kernel". Default: the name. */
  readonly path?: string | null;
  /** Whole numbers; a variable has no unknown axes. */
  readonly shape: StaticShape;
  /** "float32" (the default), "int32" or "bool". */
  readonly dtype?: GraphDType;
  /**
   * Row-major initial elements, or a function that writes them all when they are first needed: weights that are loaded
   * from a file are never drawn. Default zeros.
   */
  readonly initial?: ArrayLike<number> | ((out: Variable["data"]) => void) | null;
  /** Whether training changes it. Default true. */
  readonly trainable?: boolean;
  /** Penalty as a scalar value, added to the loss once per step. Default null: none. */
  readonly regularizer?: ((weight: Value) => Value) | null;
  /** Projection applied after each update. Default null: none. */
  readonly constraint?: ((weight: Value) => Value) | null;
}

const functionField = <T>(): Field<T | null> => ({
  default: null,
  parse(value, where) {
    if (value === null || typeof value === "function") return value as T | null;
    throw wrongOption(where, "a function of a graph's value, or null", value);
  },
});

const FIELDS: Fields<VariableOptions> = {
  name: text(),
  path: nullable(text()),
  shape: { parse: (value) => checkShape(value as StaticShape) },
  dtype: oneOf(["float32", "int32", "bool"], { default: "float32" }),
  initial: {
    default: null,
    parse(value, where) {
      if (value === null || typeof value === "function") return value as null;
      if (typeof value === "object" && Number.isInteger((value as ArrayLike<number>).length)) return value as never;
      throw wrongOption(where, "a list of numbers, or a function that writes them", value);
    },
  },
  trainable: bool(true),
  regularizer: functionField(),
  constraint: functionField(),
};

/** The places of a variable: the present value, and where a program writes the next one. */
export interface Storage {
  /** False for a replacement of the variable's own storage: it takes no part in moments. */
  readonly isHome: boolean;
  present: Slot;
  next: Slot | null;
  /** Where the value of a {@link Moment} lies once the variable has changed; null while the present one is the same. */
  kept: Slot | null;
  /** A third place, for variables that changed twice since that moment. */
  spare: Slot | null;
}

/** Bytes of a variable besides its elements. */
const VARIABLE_BYTES = 1024;

const zeros = (out: Variable["data"]): void => {
  out.fill(0);
};

const variables = new WeakMap<Value, Variable>();
const released = new FinalizationRegistry<Storage>(freeStorage);

export function freeStorage({ present, next, kept, spare }: Storage): void {
  for (const slot of [present, next, kept, spare]) slot?.block.free();
}

/**
 * A tensor that outlives steps: a weight, an optimizer slot, a counter. It owns its memory, so models and programs can
 * share it; the memory goes back when nothing refers to the variable any more.
 */
export class Variable implements Keeping {
  readonly name: string;
  path: string;
  readonly shape: StaticShape;
  readonly dtype: GraphDType;
  trainable: boolean;
  readonly regularizer: ((weight: Value) => Value) | null;
  readonly constraint: ((weight: Value) => Value) | null;
  /** The variable's present value as a leaf of graphs. */
  readonly value: InputValue;
  readonly size: number;
  #storage: Storage;
  #moment: Moment | null = null;
  /** Still to be run before the present value may be read. */
  #initial: ((out: Variable["data"]) => void) | null = null;

  /** @throws {ShapeError} when `initial` has another number of elements than the shape */
  constructor(given: VariableOptions) {
    charge("making so many weights and accumulators", VARIABLE_BYTES);
    const options = resolveOptions("Variable", FIELDS, given);
    this.name = options.name;
    this.path = options.path ?? options.name;
    this.shape = Object.freeze(options.shape);
    this.dtype = options.dtype;
    this.trainable = options.trainable;
    this.regularizer = options.regularizer;
    this.constraint = options.constraint;
    this.size = sizeOf(this.shape);
    this.value = makeValue(
      "input",
      [],
      { name: this.path, shape: this.shape, dtype: this.dtype },
      this.shape,
      this.dtype,
    );
    this.#storage = this.#newStorage(true);
    if (options.initial === null) this.#initial = zeros;
    else if (typeof options.initial === "function") this.#initial = options.initial;
    else this.write(options.initial);
    variables.set(this.value, this);
    released.register(this, this.#storage);
  }

  static {
    inspectAsText(Variable.prototype);
  }

  /** Path and value, as shown in a console. */
  toString(): string {
    return `<Variable path=${this.path}, value=${this.read()}>`;
  }

  /** What `JSON.stringify` writes: the path, and the value as a tensor. */
  toJSON(): { readonly path: string; readonly value: Tensor } {
    return { path: this.path, value: this.read() };
  }

  /** Bytes of the value. */
  get byteLength(): number {
    return this.size * byteSize(this.dtype);
  }

  /**
   * The present elements, not a copy. Valid until the next run that updates this variable: a step writes the new value
   * beside the old one and exchanges the two. Not for users.
   */
  get data(): Float32Array | Int32Array | Uint8Array {
    return this.present.block.view(this.dtype, this.size);
  }

  /** A copy of the present value. */
  read(): Tensor {
    return new Tensor(this.data.slice(), this.shape, this.dtype);
  }

  /**
   * Sets the value. Numbers are converted to the variable's dtype.
   * @throws {ShapeError} when shape or number of elements differ
   */
  write(value: TensorLike | ArrayLike<number>): void {
    if (typeof value !== "object" || value === null) throw notData(value, `Variable "${this.path}"`);
    const isTensor = "shape" in value && "data" in value;
    const data = isTensor ? value.data : value;
    const wrongShape =
      isTensor && (value.shape.length !== this.shape.length || value.shape.some((dim, i) => dim !== this.shape[i]));
    if (wrongShape || data.length !== this.size) {
      throw new ShapeError({
        code: "variable-shape",
        what: `Variable "${this.path}" cannot take this value`,
        received: isTensor ? `shape ${formatShape(value.shape)}` : `${data.length} elements`,
        expected: `shape ${formatShape(this.shape)}`,
        fix: "Reshape the value, or make the variable of this shape",
        data: { variable: this.path },
      });
    }
    const numbers = toNumbers(data, this.dtype);
    if (this.keeps) {
      this.next.block.view(this.dtype, this.size).set(numbers);
      this.commit();
      return;
    }
    this.#initial = null;
    this.data.set(numbers);
  }

  /** Where the present value lies. Engine only. */
  get present(): Slot {
    const { present } = this.#storage;
    if (this.#initial !== null) {
      this.#initial(present.block.view(this.dtype, this.size));
      this.#initial = null;
    }
    return present;
  }

  /** Where a program writes the next value; taken from the arena on first use. Engine only. */
  get next(): Slot {
    const storage = this.#storage;
    if (storage.next === null) {
      storage.next = storage.spare ?? this.#allocate();
      storage.spare = null;
    }
    return storage.next;
  }

  /** Whether a {@link Moment} needs the present value to survive the next change. Engine only. */
  get keeps(): boolean {
    if (this.#moment === null) return false;
    const { kept, isHome } = this.#storage;
    return this.#moment.isOpen && kept === null && isHome;
  }

  /** Makes the value written to {@link next} the present one. Engine only. */
  commit(): void {
    const { keeps } = this;
    const storage = this.#storage;
    // A value that is replaced before anyone read it is never drawn, unless a moment keeps it.
    const { present } = keeps ? this : storage;
    this.#initial = null;
    storage.present = this.next;
    storage.next = keeps ? null : present;
    if (!keeps) return;
    storage.kept = present;
    this.#moment!.changed(this);
  }

  /** The moment that keeps values of this variable, if any. Engine only. */
  get moment(): Moment | null {
    return this.#moment;
  }
  set moment(moment: Moment | null) {
    this.#moment = moment;
  }

  /** Forgets the kept value. Engine only. */
  forgetKept(): void {
    const storage = this.#storage;
    if (storage.next === null) storage.next = storage.kept;
    else storage.spare = storage.kept;
    storage.kept = null;
  }

  /** Exchanges the kept and the present value. Engine only. */
  exchangeKept(): void {
    const storage = this.#storage;
    [storage.present, storage.kept] = [storage.kept!, storage.present];
  }

  /** A storage for another value of this variable, uninitialized. Engine only. */
  newStorage(): Storage {
    return this.#newStorage(false);
  }

  /** Replaces the storage, and returns the previous one. Engine only. */
  exchangeStorage(storage: Storage): Storage {
    const own = this.#storage;
    this.#storage = storage;
    return own;
  }

  #newStorage(isHome: boolean): Storage {
    return { isHome, present: this.#allocate(), next: null, kept: null, spare: null };
  }

  #allocate(): Slot {
    return { block: defaultArena().allocate(this.byteLength), start: 0, dims: this.shape, dtype: this.dtype };
  }
}

function toNumbers(data: TensorLike["data"], dtype: GraphDType): ArrayLike<number> {
  if (dtype === "bool") return Uint8Array.from(data as ArrayLike<number>, (element) => (Number(element) === 0 ? 0 : 1));
  const first = data[0];
  return typeof first === "bigint" ? Float64Array.from(data as ArrayLike<bigint>, Number) : (data as ArrayLike<number>);
}

/** The variable that this leaf belongs to, if any. */
export function variableOf(value: Value): Variable | undefined {
  return variables.get(value);
}
