import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext, CalledLayer } from "./call-context.js";
import { CallTrace, rootContext } from "./graph-context.js";
import { type Inputs, valuesOf } from "./inputs.js";

/** The context of a layer that is called on values outside of every model and step: it predicts. */
export function outsideContext(layer: CalledLayer, inputs: Inputs): CallContext {
  const [first] = valuesOf(inputs);
  return rootContext(layer, { training: false, rows: rowsOf(first), trace: new CallTrace(), isStep: true });
}

function rowsOf(value: Value | undefined): Value {
  const rows = value?.shape[0] ?? 1;
  return rows < 0 ? ops.batchRows() : ops.constant(rows);
}
