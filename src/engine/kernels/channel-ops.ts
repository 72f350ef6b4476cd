import { product } from "../../graph/fit.js";
import type { Dims, Value } from "../../graph/value.js";
import { usersOf } from "../../graph/walk.js";
import { isScalar, LANE_OPS, laneInputs } from "./lanes.js";

/** Where a tensor has its channels: (rows, channels, ...spatial), or (rows, ...places, channels). */
export type ChannelLayout = "first" | "last";

/**
 * How an operand broadcasts along a tensor: it is full-sized, or has one element for each row and channel (where
 * channels are first), for each channel, or for all.
 */
export type Reach = "full" | "plane" | "channel" | "scalar";

export interface Operand {
  /** What is read, before broadcasting. */
  readonly value: Value;
  readonly reach: Reach;
}

/** Elements per row from which a pass over memory costs more than starting it, where channels are first. */
const MIN_ROW = 2048;
/** A value of two tensors with more readers than this is written once, not recomputed. */
const MAX_READERS = 3;

/**
 * Which values of a graph can be computed by channel kernels, which compute many of them in one pass, channel by
 * channel: element-wise operations, and sums over all axes but the channels.
 */
export class ChannelOps {
  readonly layout: ChannelLayout;
  readonly #given: ReadonlySet<Value>;
  readonly #roots: ReadonlySet<Value>;
  readonly #users: ReadonlyMap<Value, readonly Value[]>;
  readonly #known = new Map<Value, boolean>();
  readonly #leaves = new Map<Value, ReadonlySet<Value>>();

  constructor(layout: ChannelLayout, given: ReadonlySet<Value>, roots: readonly Value[], order: readonly Value[]) {
    this.layout = layout;
    this.#given = given;
    this.#roots = new Set(roots);
    this.#users = usersOf(order.filter((value) => !given.has(value)));
  }

  /** Whether it is an element-wise operation on such tensors. */
  isLane(value: Value): boolean {
    let known = this.#known.get(value);
    if (known === undefined) this.#known.set(value, (known = this.#canBeLane(value)));
    return known;
  }

  /** Whether it is a sum of such a tensor for each channel. */
  isSum(value: Value): boolean {
    if (value.op !== "sum" || this.#given.has(value) || value.dtype !== "float32") return false;
    const { axes } = (value as Value<"sum">).attrs;
    const { shape } = value.inputs[0]!;
    const channels = this.layout === "first" ? 1 : shape.length - 1;
    if (!this.#isTensor(shape) || axes.length !== shape.length - 1 || axes.includes(channels)) return false;
    return this.#operand(value.inputs[0]!, shape)?.reach === "full";
  }

  isOp(value: Value): boolean {
    return this.isLane(value) || this.isSum(value);
  }

  /** The shape that an operation runs over. */
  shapeOf(value: Value): Dims {
    return value.op === "sum" ? value.inputs[0]!.shape : value.shape;
  }

  operandsOf(value: Value): readonly Operand[] {
    const shape = this.shapeOf(value);
    return laneInputs(value).map((input) => this.#operand(input, shape)!);
  }

  /** The users of a value, looking through broadcasts and reshapes. */
  usersOf(value: Value): readonly Value[] {
    return (this.#users.get(value) ?? []).flatMap((user) =>
      this.#isView(user) && !this.isLane(user) && !this.#roots.has(user) ? this.usersOf(user) : [user],
    );
  }

  /** Whether something other than such a kernel reads it. */
  isNeeded(value: Value): boolean {
    return this.#roots.has(value) || this.usersOf(value).some((user) => !this.isOp(user));
  }

  /** Whether recomputing it where it is read beats writing and reading it: it comes from few tensors. */
  isRepeatable(value: Value): boolean {
    if (!this.isLane(value) || this.isNeeded(value)) return false;
    if (value.dtype === "bool") return true;
    const { size } = this.leavesOf(value);
    return size <= 1 || (size === 2 && this.#readersOf(value).size <= MAX_READERS);
  }

  /** The users of a value, and those of values that depend on no other tensor. */
  #readersOf(value: Value): ReadonlySet<Value> {
    const readers = new Set<Value>();
    for (const user of this.usersOf(value)) {
      const isAlone = this.isLane(user) && !this.isNeeded(user) && this.#tensorsOf(user).size === 1;
      for (const reader of isAlone ? this.#readersOf(user) : [user]) readers.add(reader);
    }
    return readers;
  }

  #tensorsOf(value: Value): ReadonlySet<Value> {
    return new Set(this.operandsOf(value).flatMap((operand) => (operand.reach === "full" ? [operand.value] : [])));
  }

  /** The full-sized tensors that must be read to recompute it. */
  leavesOf(value: Value): ReadonlySet<Value> {
    let leaves = this.#leaves.get(value);
    if (leaves === undefined) {
      const tensors = [...this.#tensorsOf(value)];
      leaves = new Set(tensors.flatMap((from) => (this.isRepeatable(from) ? [...this.leavesOf(from)] : [from])));
      this.#leaves.set(value, leaves);
    }
    return leaves;
  }

  #canBeLane(value: Value): boolean {
    if (this.#given.has(value) || !(value.op in LANE_OPS) || !this.#isTensor(value.shape)) return false;
    if (value.dtype === "int32" || (value.dtype === "bool" && this.#roots.has(value))) return false;
    if (this.#isPartOfProduct(value) || isMaskedPoolGrad(value)) return false;
    const operands = laneInputs(value).map((input) => this.#operand(input, value.shape));
    return operands.every(
      (operand) =>
        operand !== null &&
        (operand.value.dtype === "float32" ||
          (operand.value.dtype === "bool" && (isNumber(operand.value) || this.isLane(operand.value)))),
    );
  }

  /** Whether the convolution or product does it: its bias, and a ReLU after it. */
  #isPartOfProduct(value: Value): boolean {
    if (value.op !== "add" && value.op !== "relu") return false;
    return value.inputs.some((input) => {
      if (this.#given.has(input) || this.#roots.has(input) || this.#users.get(input)!.length > 1) return false;
      const others = value.inputs.filter((other) => other !== input);
      const isPerChannel = others.every((other) => this.#operand(other, value.shape)?.reach === "channel");
      return (
        isPerChannel &&
        (input.op === (this.layout === "first" ? "conv" : "matmul") ||
          (value.op === "relu" && input.op === "add" && this.#isPartOfProduct(input)))
      );
    });
  }

  #operand(input: Value, shape: Dims): Operand | null {
    let value = input;
    while (value.op === "broadcast" && !this.#given.has(value)) value = value.inputs[0]!;
    const reach = reachOf(value.shape, shape, this.layout);
    if (reach === null) return null;
    if (reach === "full") return { value, reach };
    while (this.#isView(value) && product(value.inputs[0]!.shape) === product(value.shape)) value = value.inputs[0]!;
    return { value, reach };
  }

  /** Whether the shape is that of rows with channels, large enough where that can be told. */
  #isTensor([rows, ...rest]: Dims): boolean {
    if (rows === undefined || rows >= 0 || rest.length === 0 || rest.some((dim) => dim <= 0)) return false;
    return this.layout === "last" || (rest.length >= 2 && product(rest) >= MIN_ROW);
  }

  #isView(value: Value): boolean {
    return (value.op === "reshape" || value.op === "broadcast") && !this.#given.has(value);
  }
}

/** A constant of one element. */
export function isNumber(value: Value): boolean {
  return value.op === "constant" && isScalar(value);
}

function reachOf(dims: Dims, shape: Dims, layout: ChannelLayout): Reach | null {
  const own = [...new Array<number>(Math.max(0, shape.length - dims.length)).fill(1), ...dims];
  if (own.length > shape.length) return null;
  if (own.every((dim) => dim === 1)) return "scalar";
  if (own.every((dim, axis) => dim === shape[axis])) return "full";
  if (layout === "last") {
    const last = shape.length - 1;
    return own[last] === shape[last] && own.every((dim, axis) => axis === last || dim === 1) ? "channel" : null;
  }
  if (own[1] !== shape[1] || own.some((dim, axis) => axis > 1 && dim !== 1)) return null;
  return own[0] === 1 ? "channel" : own[0] === shape[0] ? "plane" : null;
}

/** The gradient of ReLU followed by a pooling has its own kernel. */
const isMaskedPoolGrad = ({ op, inputs }: Value): boolean => op === "where" && inputs[1]!.op === "maxPoolGrad";
