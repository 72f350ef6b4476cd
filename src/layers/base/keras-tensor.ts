import type { DType } from "../../core/dtype.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Node } from "./node.js";

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

  constructor(shape: Shape, dtype: DType, name: string, node: Node, tensorIndex: number) {
    this.shape = shape;
    this.dtype = dtype;
    this.name = name;
    this.node = node;
    this.tensorIndex = tensorIndex;
  }

  toString(): string {
    return `<KerasTensor ${this.name} shape=${formatShape(this.shape)} dtype=${this.dtype}>`;
  }
}

/** Keras tensors as callers group them: one, a list, or a record by name. */
export type Tensors = KerasTensor | readonly KerasTensor[] | { readonly [name: string]: KerasTensor };

export function isKerasTensor(value: unknown): value is KerasTensor {
  return value instanceof KerasTensor;
}

/** The tensors of a group in Keras's order: lists as they are, records by sorted key. */
export function flattenTensors(tensors: Tensors): readonly KerasTensor[] {
  if (tensors instanceof KerasTensor) return [tensors];
  if (Array.isArray(tensors)) return tensors as readonly KerasTensor[];
  const record = tensors as { readonly [name: string]: KerasTensor };
  return Object.keys(record)
    .sort()
    .map((key) => record[key]!);
}
