import { isFloat } from "../core/dtype.js";
import type { Shape } from "../core/shape.js";
import type { Dims, Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import type { CallContext, Inputs } from "./call-context.js";
import { checkInputs } from "./input-spec.js";
import type { Layer } from "./layer.js";

/** Everything around `layer.call`: building at first use, checks of the inputs, casts, activity regularization. */
export function invoke(layer: Layer, inputs: Inputs, context: CallContext): Inputs {
  const list = valuesOf(inputs);
  const shapes = list.map((value) => shapeOf(value.shape));
  layer.ensureBuilt(shapes);
  checkInputs(layer, shapes);
  const cast = layer.castsToFloat ? list.map(toFloat) : list;
  const outputs = layer.call(isList(inputs) ? cast : cast[0]!, context);
  const penalty = layer.activityRegularizer;
  if (penalty !== null) for (const output of valuesOf(outputs)) context.addLoss(penalty.apply(output));
  return outputs;
}

export function isList(inputs: Inputs): inputs is readonly Value[] {
  return Array.isArray(inputs);
}

export function valuesOf(inputs: Inputs): readonly Value[] {
  return isList(inputs) ? inputs : [inputs];
}

/** Dims with every batch dimension as `null`, as users see shapes. */
export function shapeOf(dims: Dims): Shape {
  return dims.map((dim) => (dim < 0 ? null : dim));
}

function toFloat(value: Value): Value {
  return isFloat(value.dtype) ? value : ops.cast(value, "float32");
}
