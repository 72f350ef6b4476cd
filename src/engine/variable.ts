import type { Tensor } from "../core/tensor.js";
import type { StaticShape } from "../core/shape.js";
import type { GraphDType, InputValue, Value } from "../graph/value.js";

/** What a variable is made with. */
export interface VariableOptions {
  /** Last part of the path, e.g. "kernel". */
  readonly name: string;
  /** Path in its model as Keras has it, e.g. "sequential/dense/kernel". Default: the name. */
  readonly path?: string;
  readonly shape: StaticShape;
  readonly dtype?: GraphDType;
  /** Row-major initial elements; default zeros. */
  readonly initial?: ArrayLike<number>;
  readonly trainable?: boolean;
  /** Penalty as a scalar value, added to the loss once per step. */
  readonly regularizer?: ((weight: Value) => Value) | null;
  /** Projection applied after each update. */
  readonly constraint?: ((weight: Value) => Value) | null;
}
