import { OptionPart } from "../core/parts.js";
import type { Value } from "../graph/value.js";

/** A projection applied to a weight after each update. Own ones: subclass, and register the class to save it. */
export abstract class Constraint<O extends object = object> extends OptionPart<O> {
  /** Tells constraints from regularizers, which have the same methods. */
  declare protected readonly part: "constraint";

  /** The nearest allowed weight, of the same shape. */
  abstract apply(weight: Value): Value;
}
