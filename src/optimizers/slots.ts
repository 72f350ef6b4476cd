import type { StaticShape } from "../core/shape.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";

/** A kind of state that an optimizer keeps, e.g. Adam's momentum. */
export interface SlotSpec {
  /** Last part of its variables' names, as in Keras 3. */
  readonly name: string;
  /** Every element at the start, or "weight": the weight as it is then. Default 0. */
  readonly initial?: number | "weight";
  /** The shape for a weight; null: that weight has no such slot. Default: the weight's own. */
  readonly shapeOf?: (param: Variable) => StaticShape | null;
  /** Its dtype for a weight. Default "float32". */
  readonly dtypeOf?: (param: Variable) => "float32" | "int32";
  /** What Keras 2 calls it in files, e.g. "m". */
  readonly aliases?: readonly string[];
}

/** A slot that these options do not use but some versions of Keras write anyway. */
export interface UnusedSlot extends SlotSpec {
  /** Whether it may be dropped with any content; otherwise it may only hold zeros. */
  readonly whatever: boolean;
}

/** The scalars of one update. */
export interface StepScalars {
  /** float32 */
  readonly learningRate: Value;
  /** float32; the number of this update, 1 for the first. Steps that only accumulate gradients do not count. */
  readonly step: Value;
}

/** A weight and the slots that belong to it, after an update. */
export interface Updated<S> {
  readonly param: Value;
  readonly slots: S;
}

/**
 * How one weight changes; the scalars that all weights share are already in it. (The type of a method, not of a function:
 * an optimizer with slots of its own must still be an `Optimizer` to TypeScript.)
 */
export type UpdateRule<S> = { rule(param: Value, gradient: Value, slots: S): Updated<S> }["rule"];
