import { OptionPart } from "../core/parts.js";
import type { Value } from "../graph/value.js";

/** A penalty on a weight, added to the loss once a step. Own ones: subclass, and register the class to save it. */
export abstract class Regularizer<O extends object = object> extends OptionPart<O> {
  /** Tells regularizers from constraints, which have the same methods. */
  declare protected readonly part: "regularizer";

  /** The penalty as a float32 scalar. */
  abstract apply(weight: Value): Value;
}
