import type { Constraint } from "../../constraints/index.js";
import type { Initializer } from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { WeightOptions } from "./make-weight.js";

type WeightSettings<P extends string> = Readonly<
  Record<`${P}Initializer`, Initializer> &
    Record<`${P}Regularizer`, Regularizer | null> &
    Record<`${P}Constraint`, Constraint | null>
>;

/** What a layer's options say of a weight: `kernelInitializer`, `kernelRegularizer` and `kernelConstraint` of "kernel". */
export function weightParts<P extends string>(
  options: WeightSettings<P>,
  prefix: P,
): Pick<WeightOptions, "initializer" | "regularizer" | "constraint"> {
  const of = options as Readonly<Record<string, unknown>>;
  return {
    initializer: of[`${prefix}Initializer`] as Initializer,
    regularizer: of[`${prefix}Regularizer`] as Regularizer | null,
    constraint: of[`${prefix}Constraint`] as Constraint | null,
  };
}
