import type { Constraint } from "../../constraints/index.js";
import { byteSize } from "../../core/dtype.js";
import { currentScope, withScope } from "../../core/scope.js";
import { nextSeed } from "../../core/seed.js";
import { type StaticShape, sizeOf } from "../../core/shape.js";
import { Variable } from "../../engine/variable.js";
import type { GraphDType } from "../../graph/value.js";
import type { InitializerIdentifier } from "../../initializers/index.js";
import * as initializers from "../../initializers/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { NamedLayer } from "./named-layer.js";
import { spendWeight } from "./weight-budget.js";

/** What a weight is made with. */
export interface WeightOptions {
  readonly shape: StaticShape;
  /** Default: "glorot_uniform" for float weights, "zeros" for others. */
  readonly initializer?: InitializerIdentifier;
  readonly regularizer?: Regularizer | null;
  readonly constraint?: Constraint | null;
  /** Default true. False for state that training changes otherwise, such as moving averages. */
  readonly trainable?: boolean;
  readonly dtype?: GraphDType;
}

/** A weight of a layer, initialized now. */
export function makeWeight(
  layer: NamedLayer & { readonly trainable: boolean },
  name: string,
  options: WeightOptions,
): Variable {
  const { shape, regularizer, constraint, trainable = true, dtype = "float32" } = options;
  const where = `${layer.label}: initializer of "${name}"`;
  const initializer = initializers.get(
    options.initializer ?? (dtype === "float32" ? "glorot_uniform" : "zeros"),
    where,
  );
  spendWeight(sizeOf(shape) * byteSize(dtype), layer.label);
  const seed = nextSeed("weight");
  const fills = initializer instanceof initializers.FillingInitializer && dtype === "float32";
  return new Variable({
    name,
    path: withScope(layer.name, layer, () => `${currentScope()}/${name}`),
    shape,
    dtype,
    initial: fills ? (out) => initializer.fill(out as Float32Array, shape, seed) : initializer.initialize(shape, seed),
    trainable: trainable && layer.trainable,
    regularizer: regularizer ? (value) => regularizer.apply(value) : null,
    constraint: constraint ? (value) => constraint.apply(value) : null,
  });
}
