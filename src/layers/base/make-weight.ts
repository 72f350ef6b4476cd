import type { Constraint } from "../../constraints/index.js";
import { byteSize } from "../../core/dtype.js";
import { ShapeError } from "../../core/errors.js";
import { currentScope, withScope } from "../../core/scope.js";
import { nextSeed } from "../../core/seed.js";
import { formatShape, type StaticShape, sizeOf } from "../../core/shape.js";
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

/** A weight of a layer. Its first values are drawn when somebody asks for them: a file may bring others before. */
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
  initializer.checkShape(shape);
  return new Variable({
    name,
    path: withScope(layer.name, layer, () => `${currentScope()}/${name}`),
    shape,
    dtype,
    initial: (out) => draw(initializer, out, shape, seed, where),
    trainable: trainable && layer.trainable,
    regularizer: regularizer ? (value) => regularizer.apply(value) : null,
    constraint: constraint ? (value) => constraint.apply(value) : null,
  });
}

/** @throws {ShapeError} when an initializer of the user's own makes another number of elements */
function draw(
  initializer: initializers.Initializer,
  out: Variable["data"],
  shape: StaticShape,
  seed: number,
  where: string,
): void {
  if (initializer instanceof initializers.FillingInitializer && out instanceof Float32Array) {
    initializer.fill(out, shape, seed);
    return;
  }
  const values = initializer.initialize(shape, seed);
  if (values.length !== out.length) {
    throw new ShapeError({
      code: "variable-shape",
      what: `${where} does not fill the weight`,
      received: `${values.length} elements`,
      expected: `${out.length} for shape ${formatShape(shape)}`,
    });
  }
  out.set(values);
}
