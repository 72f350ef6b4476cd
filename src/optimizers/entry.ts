import type { StaticShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Variable } from "../engine/variable.js";

/** One element of an optimizer's state, in the order and with the name that Keras 3 gives it. */
export interface OptimizerEntry {
  /** e.g. "adam/iteration", "adam/sequential_dense_kernel_momentum" */
  readonly name: string;
  readonly shape: StaticShape;
  /** A copy. iteration is int64, all else float32. */
  read(): Tensor;
  /** @throws {ShapeError} when the shape is another */
  write(tensor: Tensor): void;
  /** Absent for the step counter, which lives on the host. */
  readonly variable?: Variable;
}

/** The entry of a variable. */
export function variableEntry(variable: Variable): OptimizerEntry {
  return {
    name: variable.path,
    shape: variable.shape,
    variable,
    read: () => variable.read(),
    write: (tensor) => variable.write(tensor),
  };
}

/** The entry of the step counter. */
export function iterationEntry(name: string, get: () => number, set: (value: number) => void): OptimizerEntry {
  return {
    name,
    shape: [],
    read: () => new Tensor([get()], [], "int64"),
    write: (tensor) => set(tensor.item()),
  };
}
