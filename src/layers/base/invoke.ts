import { charge } from "../../core/budget.js";
import { isFloat } from "../../core/dtype.js";
import { ShapeError } from "../../core/errors.js";
import { withScope } from "../../core/scope.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import type { CallContext, CalledLayer } from "./call-context.js";
import { inContext } from "./current-context.js";
import { checkInputs } from "./input-spec.js";
import { type Inputs, isList, valuesOf } from "./inputs.js";
import { madeInCall, notAResult } from "./layer-errors.js";

/**
 * What a call takes from the budget of a file that is being read: each level of models inside models may double the
 * calls.
 */
const CALL_BYTES = 1024;
const CALL_WORK = 5000;

/** Everything around `layer.call`: building at first use, checks of the inputs, casts, activity regularization. */
export function invoke(layer: CalledLayer, inputs: Inputs, context: CallContext): Inputs {
  charge("calling so many layers", CALL_BYTES, CALL_WORK);
  const list = valuesOf(inputs);
  const shapes = list.map((value) => shapeOf(value.shape));
  // Checked twice: a built layer may ask for more.
  checkInputs(layer, shapes);
  layer.ensureBuilt(shapes);
  checkInputs(layer, shapes);
  const cast = layer.castsToFloat ? list.map(toFloat) : list;
  cast.forEach((value, i) => {
    const mask = context.masks[i] ?? null;
    if (mask !== null) context.noteMask(value, mask);
  });
  const outputs = withScope(layer.name, layer, () =>
    inContext(context, () => callNamed(layer, isList(inputs) ? cast : cast[0]!, context)),
  );
  checkWeightsStay(layer);
  const penalty = layer.activityRegularizer;
  // As in Keras 3, the strength does not depend on how large batches are.
  if (penalty !== null) {
    for (const output of valuesOf(outputs)) context.addLoss(ops.divide(penalty.apply(output), context.rows));
  }
  return outputs;
}

const afterFirstCall = new WeakMap<CalledLayer, readonly Variable[]>();

/** A call that makes layers anew has other weights each time. The layers of a network are there before it is called. */
function checkWeightsStay(layer: CalledLayer): void {
  if (layer.networkKind !== null || layer.sublayers.length === 0) return;
  const { weights } = layer;
  const first = afterFirstCall.get(layer);
  const now = new Set(weights);
  if (first === undefined) afterFirstCall.set(layer, weights);
  else if (!first.every((weight) => now.has(weight))) throw madeInCall(layer);
}

// The error of an operation names its operands; this adds the layer that called it.
function callNamed(layer: CalledLayer, inputs: Inputs, context: CallContext): Inputs {
  try {
    const result = layer.form.fromCall(layer.call(layer.form.toCall<Value>(inputs) as never, context), context, inputs);
    if (valuesOf(result).every(isValue)) return result;
    throw notAResult(layer.label, result);
  } catch (error) {
    if (!(error instanceof ShapeError) || "layer" in error.data) throw error;
    throw new ShapeError({
      code: error.code,
      what: `${layer.label} cannot take these inputs: ${error.message}`,
      received: valuesOf(inputs)
        .map(({ shape }) => formatShape(shape))
        .join(" and "),
      data: { ...error.data, layer: layer.name },
      cause: error,
    });
  }
}

/** Dims with every batch dimension as `null`, as users see shapes. */
export function shapeOf(dims: Dims): Shape {
  return dims.map((dim) => (dim < 0 ? null : dim));
}

function toFloat(value: Value): Value {
  return isFloat(value.dtype) ? value : ops.cast(value, "float32");
}
