import { Tensor } from "../../src/core/tensor.js";
import {
  type GraphDType,
  build as g,
  type InputValue,
  type PrimitiveName,
  shapeAt,
  type Value,
} from "../../src/graph/index.js";
import { MAKERS } from "./makers.js";

/** One step of a program: a primitive, and the numbers that choose its operands and attributes. */
export type Choice = readonly number[];

/** For a batch of the most rows. */
const MAX_ELEMENTS = 2000;
const MOST_ROWS = 5;
const MAX_RANK = 5;
const NAMES = Object.keys(MAKERS) as PrimitiveName[];

/** Corner cases of functions. */
const CORNERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -20,
  90,
  1e-30,
  -1e-38,
  1e18,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];
const WHOLE_CORNERS = [0, 1, -1, 2, 7, 65536, 2147483647, -2147483648];

/** How many of the fed elements are corner cases: none, few or many. */
export type Corners = 0 | 1 | 2;

/** The values of a program so far. Programs are made from numbers alone, so they can be repeated and made smaller. */
export class Pool {
  readonly values: Value[] = [];
  readonly inputs: Map<InputValue, { readonly below?: number; readonly isPlain?: boolean }> = new Map();
  readonly inStep: boolean;
  readonly #corners: Corners;
  #numbers: readonly number[] = [];
  #next = 0;
  #made = 0;

  constructor(corners: Corners, inStep = false) {
    this.#corners = corners;
    this.inStep = inStep;
  }

  /** Adds the value of a choice; a choice that does not fit adds nothing. */
  grow([which = 0, ...numbers]: Choice): void {
    this.#numbers = numbers;
    this.#next = 0;
    let made: Value | null = null;
    try {
      made = MAKERS[NAMES[which % NAMES.length]!](this);
    } catch (error) {
      // Operands that do not fit are refused with a typed error, as they should be.
      if ((error as Error).name !== "ShapeError") throw error;
    }
    if (made !== null && !this.values.includes(made) && this.#isSmall(made)) this.values.push(made);
  }

  /** A small separate graph, in which leaves are constants. */
  step(values: readonly Value[]): Pool {
    const inner = new Pool(0, true);
    inner.values.push(...values);
    for (let i = 0; i < 3; i++)
      inner.grow([this.below(1e6), this.below(1e6), this.below(1e6), this.below(1e6), this.below(1e6)]);
    return inner;
  }

  below(bound: number): number {
    const n = this.#numbers.length === 0 ? 0 : this.#numbers[this.#next++ % this.#numbers.length]! + this.#next * 7;
    return bound <= 0 ? 0 : n % bound;
  }

  chance(of: number): boolean {
    return this.below(of) === 0;
  }

  pick(fits: (value: Value) => boolean): Value | null {
    const fitting = this.values.filter(fits);
    // Prefers later values, which depend on more.
    return fitting.length === 0
      ? null
      : fitting[fitting.length - 1 - (this.below(fitting.length * fitting.length) % fitting.length)]!;
  }

  /** A value that broadcasts with `a`: an existing one or a new leaf. */
  partner(a: Value, dtype: GraphDType = a.dtype): Value {
    const broadcasts = (value: Value): boolean =>
      value.dtype === dtype &&
      value.shape.length <= a.shape.length &&
      value.shape.every((dim, i) => dim === 1 || dim === a.shape[i + a.shape.length - value.shape.length]);
    const known = this.pick(broadcasts);
    if (known !== null && !this.chance(3)) return known;
    const shape = a.shape.map((dim) => (this.chance(4) ? 1 : dim)).slice(this.below(a.shape.length + 1));
    return this.chance(4) ? g.scalar(dtype === "bool" ? 1 : this.below(5) - 2, dtype) : this.leaf(shape, dtype);
  }

  shape(): number[] {
    const dims = Array.from({ length: this.below(3) }, () => (this.chance(40) ? 0 : 1 + this.below(4)));
    if (this.chance(4)) return dims;
    // Now and then the batch is another axis, or two of them.
    if (this.chance(8)) dims.splice(this.below(dims.length + 1), 0, -1 - this.below(2));
    return this.chance(8) ? dims : [-1, ...dims];
  }

  /** A kernel of a convolution, fed without corner cases: zero padding times infinity is NaN only in some engines. */
  kernel(shape: readonly number[]): Value {
    const value = this.leaf(shape, "float32");
    if (value.op === "input") this.inputs.set(value as InputValue, { isPlain: true });
    return value;
  }

  leaf(shape: readonly number[], dtype: GraphDType): Value {
    if (this.inStep)
      return shape.every((dim) => dim >= 0)
        ? this.constant(shape, dtype)
        : g.broadcast(g.scalar(dtype === "float32" ? 0.5 : 1, dtype), shape);
    const value = g.input(`x${this.inputs.size}`, shape, dtype);
    this.inputs.set(value, {});
    this.values.push(value);
    return value;
  }

  ids(shape: readonly number[], below: number): Value {
    if (below < 0) return this.inStep ? g.broadcast(g.scalar(0, "int32"), shape) : this.#idsOfRows(shape);
    if (this.inStep) return g.broadcast(g.scalar(below - 1, "int32"), shape);
    const value = g.input(`x${this.inputs.size}`, shape, "int32");
    this.inputs.set(value, { below });
    return value;
  }

  /** The numbers of rows that have the largest of some random numbers. */
  #idsOfRows(shape: readonly number[]): Value {
    return g.argmax(g.random([-1, ...shape], this.#made++, "uniform"), 0);
  }

  constant(shape: readonly number[], dtype: GraphDType): Value {
    const size = shape.reduce((a, b) => a * b, 1);
    const seed = this.below(1000);
    return g.constant(
      new Tensor(
        Float64Array.from({ length: size }, (_, i) => this.element(dtype, seed, i)),
        shape,
        dtype,
      ),
    );
  }

  random(): Value | null {
    const shape = this.shape();
    return this.inStep ? null : g.random(shape, this.#made++, this.chance(2) ? "uniform" : "normal");
  }

  /** Elements for an input. */
  feed(input: InputValue, rows: number, seed: number): Float64Array {
    const { below, isPlain = false } = this.inputs.get(input)!;
    const size = shapeAt(input.shape, rows).reduce((a, b) => a * b, 1);
    return Float64Array.from({ length: size }, (_, i) =>
      below === undefined
        ? this.element(input.dtype, seed + Number(input.attrs.name.slice(1)) * 13, i, isPlain)
        : (i * 7 + seed) % below,
    );
  }

  element(dtype: GraphDType, seed: number, i: number, isPlain = false): number {
    const n = (Math.imul(i + 1, 2654435761) ^ Math.imul(seed + 1, 40503)) >>> 0;
    const isCorner = !isPlain && this.#corners > 0 && n % (this.#corners === 1 ? 7 : 2) === 0;
    if (dtype === "bool") return (n >>> 3) % 2;
    if (dtype === "int32") return isCorner ? WHOLE_CORNERS[(n >>> 4) % WHOLE_CORNERS.length]! : ((n >>> 4) % 19) - 9;
    return Math.fround(isCorner ? CORNERS[(n >>> 4) % CORNERS.length]! : Math.sin(n) * 2);
  }

  #isSmall({ shape }: Value): boolean {
    return shape.length <= MAX_RANK && shapeAt(shape, MOST_ROWS).reduce((a, b) => a * b, 1) <= MAX_ELEMENTS;
  }
}
