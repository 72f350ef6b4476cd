import { OptionError, StateError } from "../core/errors.js";
import { type Grouped, inStructure, keysIn, type Structure, structureOf } from "../core/grouped.js";
import { keepNames } from "../core/names.js";
import { formatShape } from "../core/shape.js";
import { valueText } from "../core/value-text.js";
import {
  flattenTensors,
  isKerasTensor,
  KerasTensor,
  Node,
  type OutputType,
  type Tensors,
} from "../layers/base/keras-tensor.js";
import type { AnyLayer } from "../layers/base/layer.js";
import { inferOutputs } from "../layers/base/symbolic.js";
import { Input } from "./input.js";
import type { Grouping, Topology } from "./topology.js";

/** Shape and dtype of an input. */
export type InputType = Pick<OutputType, "shape" | "dtype">;

/** What a model whose `call` is a user's takes and gives. */
export interface Traced {
  readonly grouping: Grouping;
  readonly topology: Topology;
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
}

/** Tensors that stand for the inputs of these types. No automatic name is used up. */
export function placeholders(structure: Structure, types: readonly InputType[]): Tensors {
  const names = keysIn(structure) ?? types.map((_, i) => inputName(i, types.length));
  const row = keepNames(() =>
    types.map(({ shape, dtype }, i) => Input({ batchShape: shape, dtype, name: names[i]!.replaceAll("/", ".") })),
  );
  return inStructure(structure, row);
}

const inputName = (i: number, count: number): string => (count === 1 ? "input" : `input_${i}`);

/** Runs a model's call on stand-ins of its inputs, which builds what is inside, and returns what it takes and gives. */
export function traceCall(model: AnyLayer, inputs: Tensors): Traced {
  const list = flattenTensors(inputs);
  const row = inputs instanceof KerasTensor ? inputs : list;
  const types = inferOutputs(model, row, {});
  // Some layers may be called in training alone: their weights belong to the model too.
  if (model.sublayers.some(({ built }) => !built)) inferOutputs(model, row, { training: true });
  const { outputs } = new Node(model, 0, row, {}, types);
  const grouped = model.form.outward<KerasTensor>(outputs.length === 1 ? outputs[0]! : outputs);
  return {
    grouping: { inputs, outputs: grouped },
    topology: { inputs: list, outputs, nodes: [], layers: [] },
    inputNames: namesIn(inputs) ?? list.map(({ node }) => node.layer.name),
    outputNames: namesIn(grouped) ?? outputs.map((_, i) => (outputs.length === 1 ? model.name : `output_${i}`)),
  };
}

/** The names in a group, in the order of its row; null where its parts have none. */
function namesIn(tensors: Grouped<KerasTensor>): readonly string[] | null {
  const found = structureOf(tensors, isKerasTensor);
  return found === undefined ? null : (keysIn(found.structure) ?? null);
}

/** The error for a build with something else than shapes. */
export function notShapes(model: AnyLayer, received: unknown): OptionError {
  return new OptionError({
    code: "build-shape",
    what: `build of ${model.label} takes the shape of the input`,
    received: valueText(received),
    expected: `a shape with the batch, e.g. ${formatShape([null, 3])} as [null, 3], a list of shapes, or an object of shapes by name`,
    fix: "Write null for the batch",
  });
}

/** The error for a model that does not know yet what it takes. */
export function notWired(model: AnyLayer, hasOwnCall: boolean): StateError {
  const [what, fix] = hasOwnCall
    ? [
        "is not built: nobody knows yet what it takes",
        "Call build([null, ...shape]), or give it data first: fit, evaluate or predict",
      ]
    : [
        "is not built: the shape of its input is not known yet",
        "Give the first layer an inputShape, start with Input({ shape }), or call build([null, ...shape])",
      ];
  return new StateError({ code: "not-built", what: `${model.label} ${what}`, fix, data: { layer: model.name } });
}

/** The error for a model that has neither layers between inputs and outputs nor a call. */
export function noCall(model: AnyLayer): StateError {
  return new StateError({
    code: "no-call",
    what: `${model.label} has no call, so there is nothing to compute`,
    fix: "Write call(x, context) in its class, or make it from inputs and outputs: new Model(inputs, outputs)",
    data: { layer: model.name },
  });
}

/** The error for a property that hides something that every model has. */
export function reservedField(model: AnyLayer, name: string): OptionError {
  return new OptionError({
    code: "reserved-field",
    what: `${model.label} has a property "${name}", which hides what every model has under this name`,
    expected: "another name",
    fix: `Call it e.g. "${name}1" or "my${name[0]!.toUpperCase()}${name.slice(1)}"`,
    data: { layer: model.name, property: name },
  });
}

/** The error for layers that came to a model after it was built. */
export function addedLater(model: AnyLayer, layer: AnyLayer): StateError {
  return new StateError({
    code: "sublayer-added-later",
    what: `${layer.label} was put into ${model.label} after that was built, so its weights would not be trained`,
    fix: "Set all layers before the model sees data or is built, or make a new model",
    data: { layer: model.name, added: layer.name },
  });
}
