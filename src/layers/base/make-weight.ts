import { byteSize } from "../../core/dtype.js";
import { currentScope, withScope } from "../../core/scope.js";
import { nextSeed } from "../../core/seed.js";
import { sizeOf } from "../../core/shape.js";
import { Variable } from "../../engine/variable.js";
import * as initializers from "../../initializers/index.js";
import type { Layer } from "./layer.js";
import type { WeightOptions } from "./layer-class.js";
import { spendWeight } from "./weight-budget.js";

/** A weight of a layer, initialized now. */
export function makeWeight(layer: Layer, name: string, options: WeightOptions): Variable {
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
