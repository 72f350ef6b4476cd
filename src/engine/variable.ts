import { charge } from "../core/budget.js";
import { byteSize } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import { inspectAsText } from "../core/inspect.js";
import { resolveOptions } from "../core/options.js";
import { formatShape, type StaticShape, sizeOf } from "../core/shape.js";
import { Tensor, type TensorLike } from "../core/tensor.js";
import { notData } from "../core/tensor-data.js";
import { type GraphDType, type InputValue, makeValue, type Value } from "../graph/value.js";
import { defaultArena } from "./arena.js";
import type { Keeping, Moment } from "./moment.js";
import type { Slot } from "./session.js";
import { currentStepValues } from "./step-values.js";
import { type Elements, VARIABLE_FIELDS, type VariableOptions } from "./variable-options.js";

export type { VariableOptions } from "./variable-options.js";

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

const zeros = (out: Elements): void => {
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
  /** The value before the step, as a leaf of graphs: every program binds it to the variable. */
  readonly leaf: InputValue;
  readonly size: number;
  #storage: Storage;
  #moment: Moment | null = null;
  #changes = 0;
  /** Still to be run before the present value may be read. */
  #initial: ((out: Elements) => void) | null = null;

  /** @throws {ShapeError} when `initial` has another number of elements than the shape */
  constructor(given: VariableOptions) {
    charge("making so many weights and accumulators", VARIABLE_BYTES);
    const options = resolveOptions("Variable", VARIABLE_FIELDS, given);
    this.name = options.name;
    this.path = options.path ?? options.name;
    this.shape = Object.freeze(options.shape);
    this.dtype = options.dtype;
    this.trainable = options.trainable;
    this.regularizer = options.regularizer;
    this.constraint = options.constraint;
    this.size = sizeOf(this.shape);
    this.leaf = makeValue(
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
    variables.set(this.leaf, this);
    released.register(this, this.#storage);
  }

  static {
    inspectAsText(Variable.prototype);
  }

  /**
   * The value at this point of the graph: inside a step that is being traced, what the step has assigned so far; else
   * the present value.
   */
  get value(): Value {
    return currentStepValues()?.get(this) ?? this.leaf;
  }

  /** All values that the step being traced has had of the variable, {@link leaf} first. */
  get versions(): readonly Value[] {
    return [this.leaf, ...(currentStepValues()?.all(this) ?? [])];
  }

  /** Path and value, as shown in a console. */
  toString(): string {
    return `<Variable path=${this.path}, value=${this.read()}>`;
  }

  /** What `JSON.stringify` writes: the path, and the value as a tensor. */
  toJSON(): { readonly path: string; readonly value: Tensor } {
    return { path: this.path, value: this.read() };
  }

  /** How often the value has been set, to tell whether it has changed since. Engine and training only. */
  get changes(): number {
    return this.#changes;
  }

  /** Bytes of the value. */
  get byteLength(): number {
    return this.size * byteSize(this.dtype);
  }

  /**
   * The present elements, not a copy. Valid until the next run that updates this variable: a step writes the new value
   * beside the old one and exchanges the two. Not for users.
   */
  get data(): Elements {
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
    this.#count();
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
    this.#count();
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
    this.#count();
    [storage.present, storage.kept] = [storage.kept!, storage.present];
  }

  /** Values of a replaced storage are not the variable's own. */
  #count(): void {
    if (this.#storage.isHome) this.#changes++;
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
