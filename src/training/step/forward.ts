import type { Variable } from "../../engine/variable.js";
import type { InputValue, Value } from "../../graph/value.js";
import { invoke } from "../../layers/base/invoke.js";
import { CallTrace, type Mask, rootContext, valuesOf } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";
import * as ops from "../../ops/index.js";
import type { Signature } from "../state/signature.js";

/** The leaves of a step that each batch feeds. */
export interface Leaves {
  /** float32 scalar: number of rows of the whole batch. */
  readonly rows: InputValue;
  readonly inputs: readonly InputValue[];
  readonly targets: readonly (InputValue | null)[];
  readonly weights: readonly (InputValue | null)[];
}

/** A network applied to the leaves of a batch. */
export interface Forward {
  readonly leaves: Leaves;
  /** One value per output. */
  readonly predictions: readonly Value[];
  /** Which steps of the predictions count for losses and metrics; one mask per output. */
  readonly masks: readonly Mask[];
  /** New values that layers assigned to their state, e.g. moving averages. */
  readonly assigned: ReadonlyMap<Variable, Value>;
  /** Losses that layers added; this shard's part. */
  readonly added: readonly Value[];
}

export function forward(network: Functional, signature: Signature, training: boolean): Forward {
  const { inputNames, outputNames } = network;
  const leaves: Leaves = {
    rows: ops.input("rows", [], "float32"),
    inputs: signature.inputs.map(({ shape, dtype }, i) => ops.input(`x:${inputNames[i]}`, shape, dtype)),
    targets: signature.targets.map((type, i) => type && ops.input(`y:${outputNames[i]}`, type.shape, type.dtype)),
    weights: signature.weights.map((type, i) => type && ops.input(`w:${outputNames[i]}`, type.shape, type.dtype)),
  };
  const trace = new CallTrace();
  const context = rootContext(network, { training, rows: leaves.rows, trace });
  const { inputs } = leaves;
  const predictions = valuesOf(invoke(network, inputs.length === 1 ? inputs[0]! : inputs, context));
  const masks = predictions.map((_, i) => context.outputMasks[i] ?? null);
  return { leaves, predictions, masks, assigned: trace.assigned, added: trace.losses };
}
