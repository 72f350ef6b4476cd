import { OptionError, StateError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import { graphDType } from "../layers/index.js";
import type { Signature } from "./state/signature.js";
import { tracePredict } from "./step/trace.js";
import type { Trainer } from "./step/trainer.js";

/**
 * What the model predicts, as one ONNX model with its weights. Inputs and outputs have the model's names, the batch is free.
 * @throws {OptionError} where an input has other dimensions that only data fix
 * @throws {StateError} where a prediction is more than a function of inputs and weights
 */
export async function exportOnnx(trainer: Trainer): Promise<Uint8Array> {
  const { portableModel } = await import("../engine/onnx/portable.js");
  return trainer.atCut(() => exported(trainer, portableModel));
}

function exported(
  trainer: Trainer,
  portableModel: typeof import("../engine/onnx/portable.js").portableModel,
): Uint8Array {
  const { network } = trainer;
  const where = `export of ${network.label}`;
  trainer.checkPredictable(where);
  network.requireBuilt();
  const types = network.inputs.map(({ shape, dtype, name }, i) => {
    if (shape.slice(1).includes(null)) throw notFixed(where, network.inputNames[i] ?? name, formatShape(shape));
    return { shape: [-1, ...(shape.slice(1) as number[])], dtype: graphDType(dtype) };
  });
  const none = network.outputs.map(() => null);
  const signature: Signature = { inputs: types, targets: none, weights: none, keys: { inputs: null, targets: null } };
  const { leaves, results, updates } = tracePredict(network, signature);
  if (updates.size > 0) throw notPure(where, "the model carries a state from one prediction to the next");
  const inputs = new Map<Value, string>(leaves.inputs.map((leaf, i) => [leaf, network.inputNames[i] ?? `x${i}`]));
  const values = Object.values(results);
  const named = Object.fromEntries(values.map((value, i) => [network.outputNames[i] ?? `y${i}`, value]));
  const model = portableModel({ name: where, inputs, results: named });
  if (model === null) throw notPure(where, "a prediction draws random numbers");
  return model;
}

function notFixed(where: string, name: string, received: string): OptionError {
  return new OptionError({
    code: "export-shape",
    what: `${where}: the shape of its input "${name}" is not known`,
    received,
    expected: "every dimension but that of the batch",
    fix: "Make the model once more with the whole shape in its Input, and give it the weights: other.setWeights(await model.getWeights())",
  });
}

function notPure(where: string, received: string): StateError {
  return new StateError({
    code: "export-state",
    what: `${where}: ONNX holds functions of inputs and weights`,
    received,
    fix: "Export a model without that layer, e.g. new Model(model.inputs, layer.output)",
  });
}
