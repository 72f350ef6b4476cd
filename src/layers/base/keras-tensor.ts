import type { DType } from "../../core/dtype.js";
import { type Grouped, MOST_LEVELS, mapGrouped } from "../../core/grouped.js";
import { inspectAsText } from "../../core/inspect.js";
import { optionToKeras } from "../../core/names.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import type { CalledLayer } from "./call-context.js";

/** What is known of a tensor before there is data: shape and dtype, and which call of which layer makes it. */
export class KerasTensor {
  /** `null` is a dimension that only data fixes; the first one is the batch. */
  readonly shape: Shape;
  readonly dtype: DType;
  readonly name: string;
  /** The call that this tensor comes out of. */
  readonly node: Node;
  /** Which output of that call it is. */
  readonly tensorIndex: number;
  /**
   * The shape as graphs have it.
   * @internal
   */
  readonly dims: KnownDims;

  constructor({ shape, dtype, dims }: OutputType, name: string, node: Node, tensorIndex: number) {
    this.shape = shape;
    this.dims = dims ?? shape.map((dim, axis) => (axis === 0 ? -1 : dim));
    this.dtype = dtype;
    this.name = name;
    this.node = node;
    this.tensorIndex = tensorIndex;
  }

  static {
    inspectAsText(KerasTensor.prototype);
  }

  toString(): string {
    return `<KerasTensor ${this.name} shape=${formatShape(this.shape)} dtype=${this.dtype}>`;
  }
}

/**
 * Dimensions of a tensor of a network, of which -k are k times the rows of the batch, and null are those that only data
 * fixes. What an operation gives may have the batch on any axis, or none.
 */
export type KnownDims = readonly (number | null)[];

/** Options of one call of a layer, e.g. `{ training: false }`; some take tensors, e.g. `{ attentionMask }`. */
export type CallOptions = { readonly [option: string]: Json | KerasTensor };

/** Shape and dtype of one result of a call. */
export interface OutputType {
  readonly shape: Shape;
  readonly dtype: DType;
  /** null: the first axis is the batch, and no other. */
  readonly dims: KnownDims | null;
}

/** One call of a layer. A shared layer has a node for each of its calls. */
export class Node {
  readonly layer: CalledLayer;
  /** Position among the layer's calls. */
  readonly index: number;
  /** What the layer was applied to. */
  readonly operands: readonly KerasTensor[];
  /** All tensors that the call depends on: the operands, then those among the options. */
  readonly inputs: readonly KerasTensor[];
  /** Whether the layer was given a list (of perhaps one tensor) rather than one tensor. */
  readonly takesList: boolean;
  /** The names of the operands where they were given by name. */
  readonly names: readonly string[] | null;
  readonly options: CallOptions;
  readonly outputs: readonly KerasTensor[];
  readonly givesList: boolean;

  constructor(
    layer: CalledLayer,
    index: number,
    inputs: KerasTensor | readonly KerasTensor[],
    options: CallOptions,
    outputs: OutputType | readonly OutputType[],
    names: readonly string[] | null = null,
  ) {
    this.layer = layer;
    this.names = names;
    this.index = index;
    this.takesList = !(inputs instanceof KerasTensor);
    this.operands = inputs instanceof KerasTensor ? [inputs] : inputs;
    this.inputs = [...this.operands, ...optionTensors(options)];
    this.options = options;
    this.givesList = Array.isArray(outputs);
    const types = (this.givesList ? outputs : [outputs]) as readonly OutputType[];
    const name = this.index === 0 ? layer.name : `${layer.name}[${this.index}]`;
    this.outputs = types.map((type, i) => new KerasTensor(type, types.length === 1 ? name : `${name}:${i}`, this, i));
  }

  /** Whether this is the call of an InputLayer, where a network begins. */
  get isInput(): boolean {
    return this.inputs.length === 0;
  }

  /** The operands as the layer was given them, with something else in the place of each. */
  grouped<T>(row: readonly T[]): T | readonly T[] | { readonly [name: string]: T } {
    if (this.names !== null) return Object.fromEntries(this.names.map((name, i) => [name, row[i]!]));
    return this.takesList ? row : row[0]!;
  }

  /** What the call gave: one tensor, or the list. */
  get result(): KerasTensor | readonly KerasTensor[] {
    return this.givesList ? this.outputs : this.outputs[0]!;
  }
}

/** Keras tensors as callers group them: one, or lists and records of them, in one another. */
export type Tensors = Grouped<KerasTensor>;

export function isKerasTensor(value: unknown): value is KerasTensor {
  return value instanceof KerasTensor;
}

/** The tensors of a group in Keras's order: lists as they are, records by sorted key. What is none stays where it is. */
export function flattenTensors(tensors: Tensors, level = 0): readonly KerasTensor[] {
  const isList = Array.isArray(tensors);
  if ((!isList && !isPlainObject(tensors)) || level === MOST_LEVELS) return [tensors as KerasTensor];
  const record = tensors as { readonly [name: string]: Tensors };
  // Copied, so that holes of sparse arrays are seen.
  const entries: readonly Tensors[] = isList
    ? [...tensors]
    : Object.keys(record)
        .sort()
        .map((key) => record[key]!);
  return entries.flatMap((entry) => flattenTensors(entry, level + 1));
}

/** The same group with every tensor mapped. */
export function mapTensors(tensors: Tensors, map: (tensor: KerasTensor) => KerasTensor): Tensors {
  return mapGrouped<KerasTensor, KerasTensor>(tensors, isKerasTensor, map);
}

/** The tensors among options, in the order of Keras's names. */
export function optionTensors(options: CallOptions): readonly KerasTensor[] {
  return Object.entries(options)
    .sort(([a], [b]) => (optionToKeras(a) < optionToKeras(b) ? -1 : 1))
    .flatMap(([, value]) => (value instanceof KerasTensor ? [value] : []));
}

/** The options with each tensor mapped. */
export function mapTensorOptions<T extends Json | Value | KerasTensor>(
  options: CallOptions,
  map: (tensor: KerasTensor) => T,
): { readonly [option: string]: Json | T } {
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => [option, value instanceof KerasTensor ? map(value) : value]),
  );
}
