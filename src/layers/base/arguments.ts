import type { DType } from "../../core/dtype.js";
import { isNumberName, numberFromJson } from "../../core/json-number.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { type NestedNumbers, Tensor } from "../../core/tensor.js";

/** The place of a tensor of the network among the arguments of a call: its number among the call's tensors. */
export class Slot {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/** A range of one axis, as Python's `start:stop:step`. */
export class Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;

  constructor(start: number | null = null, stop: number | null = null, step: number | null = null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/** Python's `...` between the indices of axes. */
export const ELLIPSIS: unique symbol = Symbol("...");

/** What a call of an operation is given, one argument or a part of one; `T` stands for the tensors. */
export type Argument<T> =
  | T
  | Tensor
  | Slice
  | typeof ELLIPSIS
  | number
  | boolean
  | string
  | null
  | readonly Argument<T>[];

/**
 * The arguments of a call of an operation, in the order of its parameters. Tensors of the network are slots: a model may
 * be wired anew with others in their place.
 */
export class Arguments {
  readonly list: readonly Argument<Slot>[];

  constructor(list: readonly Argument<Slot>[]) {
    this.list = list;
  }

  /** The arguments with tensors, or what stands for them, in the slots. */
  filled<T>(tensors: readonly T[]): Argument<T>[] {
    return this.list.map((item) => mapped(item, (slot) => tensors[slot.index]!));
  }

  /** As an option of a call, whose place it takes. */
  get asOption(): { readonly arguments: Json } {
    return { arguments: this as unknown as Json };
  }

  /** As Keras writes them. @param tensors as files have them */
  toJson(tensors: readonly Json[]): Json[] {
    return this.list.map((item) => argumentToJson(item, tensors));
  }
}

/** Puts tensors out of the arguments, into a list of their own. */
export function separated<T>(
  args: readonly Argument<T>[],
  isTensor: (item: unknown) => item is T,
): { readonly tensors: readonly T[]; readonly template: Arguments } {
  const tensors: T[] = [];
  const one = (item: Argument<T>): Argument<Slot> => {
    if (isTensor(item)) return new Slot(tensors.push(item) - 1);
    return Array.isArray(item) ? item.map(one) : (item as Argument<Slot>);
  };
  return { template: new Arguments(args.map(one)), tensors };
}

function mapped<T>(item: Argument<Slot>, fill: (slot: Slot) => T): Argument<T> {
  if (item instanceof Slot) return fill(item);
  return Array.isArray(item) ? item.map((part) => mapped(part as Argument<Slot>, fill)) : (item as Argument<T>);
}

function argumentToJson(item: Argument<Slot>, tensors: readonly Json[]): Json {
  if (item instanceof Slot) return tensors[item.index]!;
  if (item instanceof Tensor) return constantToJson(item);
  if (item instanceof Slice) return { class_name: "__slice__", config: { ...item } };
  if (item === ELLIPSIS) return { class_name: "__ellipsis__", config: {} };
  if (Array.isArray(item)) return item.map((part) => argumentToJson(part as Argument<Slot>, tensors));
  // JSON has no infinities, numpy reads their names.
  if (typeof item === "number" && !Number.isFinite(item)) return constantToJson(Tensor.scalar(item));
  return item as Json;
}

function constantToJson(tensor: Tensor): Json {
  const plain = (value: NestedNumbers): Json => {
    if (typeof value !== "number") return value.map(plain);
    if (tensor.dtype === "bool") return value !== 0;
    return Number.isFinite(value) ? value : String(value);
  };
  return { class_name: "__numpy__", config: { value: plain(tensor.tolist()), dtype: tensor.dtype } };
}

/**
 * What a file has for an argument.
 * @param tensorOf the tensor that a part of the file names; null for other parts
 * @returns undefined for what is none
 */
export function argumentFromJson<T>(json: Json, tensorOf: (json: Json) => T | null): Argument<T> | undefined {
  const tensor = tensorOf(json);
  if (tensor !== null) return tensor;
  if (Array.isArray(json)) {
    const parts = (json as readonly Json[]).map((item) => argumentFromJson(item, tensorOf));
    return parts.includes(undefined) ? undefined : (parts as Argument<T>[]);
  }
  // Keras writes a number that JSON has no word for by its name.
  if (isNumberName(json)) return numberFromJson(json);
  if (!isConfig(json)) return json as Argument<T>;
  const config = isConfig(json["config"]) ? json["config"] : {};
  if (json["class_name"] === "__slice__") return sliceOf(config);
  if (json["class_name"] === "__ellipsis__") return ELLIPSIS;
  if (json["class_name"] === "__numpy__" || json["class_name"] === "__tensor__") return constantOf(config);
  return undefined;
}

function sliceOf(config: Config): Slice | undefined {
  const bounds = ["start", "stop", "step"].map((name) => config[name] ?? null);
  if (!bounds.every((bound) => bound === null || Number.isInteger(bound))) return undefined;
  return new Slice(...(bounds as (number | null)[]));
}

function constantOf({ value, dtype }: Config): Tensor | undefined {
  if (value === undefined || (dtype !== undefined && typeof dtype !== "string")) return undefined;
  try {
    return Tensor.from(numbersOf(value)).cast((dtype ?? "float32") as DType);
  } catch {
    return undefined;
  }
}

function numbersOf(json: Json): NestedNumbers {
  if (Array.isArray(json)) return (json as readonly Json[]).map(numbersOf);
  return typeof json === "boolean" ? Number(json) : numberFromJson(json);
}
