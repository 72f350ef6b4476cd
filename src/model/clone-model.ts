import { OptionError } from "../core/errors.js";
import { bool, type Fields, func, nullable, resolveOptions, wrongOption } from "../core/options.js";
import { valueText } from "../core/value-text.js";
import {
  type AnyLayer,
  type CallOptions,
  copyLayer,
  flattenTensors,
  KerasTensor,
  Layer,
  mapTensorOptions,
  mapTensors,
  type Tensors,
} from "../layers/index.js";
import { Input } from "../network/index.js";
import { type AnyModel, Model } from "./model.js";
import { Sequential } from "./sequential.js";

/** Calls a cloned layer in place of the call of the one that it was cloned from. */
export type CallFunction = (layer: AnyLayer, inputs: Tensors, options: CallOptions) => Tensors;

/** Options of `cloneModel`, as in Keras. */
export interface CloneOptions {
  /** The tensors that the clone begins with: one, a list or an object by name. Default null: new inputs. */
  readonly inputTensors?: Tensors | null;
  /** Makes the clone of a layer. Default null: a layer of the same class and config, with new weights. */
  readonly cloneFunction?: ((layer: AnyLayer) => AnyLayer) | null;
  /** Calls the cloned layers of a functional model. Default null: `layer.apply(inputs, options)`. */
  readonly callFunction?: CallFunction | null;
  /** Whether models inside are cloned layer by layer too. Default false: each is cloned as one layer. */
  readonly recursive?: boolean;
}

const FIELDS: Fields<CloneOptions> = {
  inputTensors: nullable({
    parse(value, where) {
      const isGroup = typeof value === "object" && value !== null;
      if (isGroup && flattenTensors(value as Tensors).every((item) => item instanceof KerasTensor))
        return value as Tensors;
      throw wrongOption(where, "what Input() gives: one, a list or an object by name", value);
    },
  }),
  cloneFunction: func("a function"),
  callFunction: func("a function"),
  recursive: bool(false),
};

/**
 * A model with the same architecture and new weights, not compiled. `model.setWeights` brings the weights over.
 * @throws {OptionError} for a layer that cannot be made again, and where functions are given for a class of your own
 */
export function cloneModel<M extends AnyModel>(model: M, options?: CloneOptions): M {
  if (!(model instanceof Model)) {
    throw new OptionError({
      code: "not-a-model",
      what: "cloneModel takes a model",
      received: valueText(model),
      expected: "a Sequential, or a functional or subclassed model",
      fix: "Clone a layer by a new one of the same options",
    });
  }
  const resolved = resolveOptions("cloneModel", FIELDS, options);
  const { inputTensors, cloneFunction, callFunction } = resolved;
  if (model instanceof Sequential) {
    if (callFunction !== null) throw onlyGraphs(model, "callFunction");
    return cloneSequential(model, resolved) as AnyModel as M;
  }
  if (model.constructor === Model) return cloneGraph(model, resolved) as AnyModel as M;
  for (const [name, given] of Object.entries({ inputTensors, cloneFunction, callFunction })) {
    if (given !== null) throw onlyGraphs(model, name);
  }
  return copyLayer(model) as M;
}

type Resolved = Required<CloneOptions>;

function cloneSequential(model: Sequential, options: Resolved): Sequential {
  const layers = model.layers.map((layer) => cloned(layer, options));
  const { inputTensors } = options;
  if (inputTensors !== null) {
    const [input] = flattenTensors(inputTensors);
    return new Sequential([input!, ...layers], { name: model.name });
  }
  const [input] = model.wired ? model.inputs : [];
  return new Sequential(input === undefined ? layers : [inputLike(input), ...layers], { name: model.name });
}

function cloneGraph(model: AnyModel, options: Resolved): AnyModel {
  const { inputs, nodes } = model.topology;
  const { inputs: groupedInputs, outputs: groupedOutputs } = model.grouping;
  const given = options.inputTensors === null ? inputs.map(inputLike) : flattenTensors(options.inputTensors);
  if (given.length !== inputs.length) {
    throw new OptionError({
      code: "clone-inputs",
      what: `cloneModel of ${model.label}: inputTensors`,
      received: `${given.length}`,
      expected: `${inputs.length}, one for each input`,
      fix: "Give them in the order of model.inputs",
    });
  }
  const tensors = new Map<KerasTensor, KerasTensor>(inputs.map((input, i) => [input, given[i]!]));
  const layers = new Map<AnyLayer, AnyLayer>();
  const of = (tensor: KerasTensor): KerasTensor => tensors.get(tensor)!;
  const call: CallFunction = options.callFunction ?? ((layer, operands, values) => layer.apply(operands, values));
  for (const node of nodes) {
    if (node.isInput || node.outputs.every((output) => tensors.has(output))) continue;
    const original = node.layer as AnyLayer;
    const layer = layers.get(original) ?? cloned(original, options);
    layers.set(original, layer);
    const operands = node.operands.map(of);
    const result = call(layer, node.grouped(operands), mapTensorOptions(node.options, of) as CallOptions);
    const results = flattenTensors(result);
    node.outputs.forEach((output, i) => void tensors.set(output, results[i]!));
  }
  const ends = [mapTensors(groupedInputs, of), mapTensors(groupedOutputs, of)] as [KerasTensor, KerasTensor];
  return new Model(...ends, { name: model.name }) as AnyModel;
}

function cloned(layer: AnyLayer, options: Resolved): AnyLayer {
  const { cloneFunction, recursive } = options;
  const isGraph = layer instanceof Sequential || layer.constructor === Model;
  if (recursive && isGraph) {
    const callFunction = layer instanceof Sequential ? null : options.callFunction;
    return cloneModel(layer as AnyLayer as AnyModel, { ...options, inputTensors: null, callFunction });
  }
  const clone: unknown = cloneFunction === null ? copyLayer(layer) : cloneFunction(layer);
  if (clone instanceof Layer) return clone;
  throw new OptionError({
    code: "clone-function",
    what: `cloneFunction gave no layer for ${layer.label}`,
    received: valueText(clone),
    expected: "a layer",
    fix: "Return the layer itself to share it, or a new one",
  });
}

function inputLike({ shape, dtype, node }: KerasTensor): KerasTensor {
  return Input({ batchShape: shape, dtype, name: node.layer.name });
}

function onlyGraphs(model: AnyModel, option: string): OptionError {
  return new OptionError({
    code: "clone-option",
    what: `cloneModel of ${model.label} cannot take ${option}`,
    received: option,
    expected: option === "callFunction" ? "a functional model for it" : "a functional model or a Sequential for it",
    fix: `Leave ${option} out`,
  });
}
