import { Tensor } from "../core/tensor.js";
import { withNumbers } from "../core/with-numbers.js";
import type { Layer } from "../layers/base/layer.js";
import type { NamedTensor } from "../optimizers/index.js";
import { partsOf, sideBySide, transposed, turned } from "./rearrange.js";
import type { Origin } from "./types.js";

/** What of a file decides the form of its weights. */
interface Source {
  readonly isKeras1: boolean;
  /** Theano's convolution runs through the kernel backwards. */
  readonly byTheano: boolean;
}

/**
 * The weights of a layer of an `.h5` file in their present form: Keras 1 keeps gates apart and some kernels transposed,
 * cuDNN's layers have their matrices the other way round, and Theano's kernels are turned.
 */
export function modernWeights(layer: Layer, stored: readonly NamedTensor[], origin: Origin): readonly NamedTensor[] {
  if (origin.pawl !== null || stored.length === 0) return stored;
  const source = sourceOf(stored, origin);
  const leaves = leavesOf(layer);
  const rest = [...stored];
  const part = (leaf: Layer, count: number): NamedTensor[] => {
    if (count === 0) return [];
    const gated = 3 * (GATES[leaf.className]?.length ?? 0);
    const hasGates = gated > 0 && (isGate(rest[0]) || (leaves.length === 1 && stored.length === gated));
    return modernPart(leaf, rest.splice(0, hasGates ? gated : count), source);
  };
  // Models inside list what is trained of all their layers first.
  return [
    ...leaves.flatMap((leaf) => part(leaf, leaf.trainableWeights.length)),
    ...leaves.flatMap((leaf) => part(leaf, leaf.nonTrainableWeights.length)),
    ...rest,
  ];
}

function sourceOf(stored: readonly NamedTensor[], { keras, backend }: Origin): Source {
  const isKeras1 = keras === null ? stored.some(({ name }) => KERAS_1_NAME.test(name)) : keras.startsWith("1.");
  // Keras 1 does not say which backend it ran on, but TensorFlow numbers the outputs of its variables.
  const byTheano = backend === null ? isKeras1 && !stored.some(({ name }) => /:\d+$/.test(name)) : backend === "theano";
  return { isKeras1, byTheano };
}

/** e.g. "dense_1_W:0", "lstm_1_U_i" */
const KERAS_1_NAME = /_[WUb](_[a-z])?(:\d+)?$/;

/** Layers whose weights are those of other layers. */
const AROUND = new Set(["Bidirectional", "TimeDistributed"]);

/** A model's layers, with those of models and wrappers inside in their places. */
function leavesOf(layer: Layer): readonly Layer[] {
  const isLeaf = layer.networkKind === null && !AROUND.has(layer.className);
  return isLeaf ? [layer] : layer.sublayers.flatMap((inner) => leavesOf(inner as Layer));
}

function modernPart(layer: Layer, weights: readonly NamedTensor[], source: Source): NamedTensor[] {
  const [first, ...others] = weights;
  if (first === undefined) return [];
  const gates = GATES[layer.className];
  if (gates !== undefined) return modernGates(weights, gates);
  return CONVOLUTIONS.has(layer.className) ? [modernKernel(layer, first, source), ...others] : [...weights];
}

const CONVOLUTIONS = new Set(["Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose"]);

interface ConvolutionOptions {
  readonly filters: number;
  readonly dataFormat: string;
}

function modernKernel(layer: Layer, { name, tensor }: NamedTensor, { isKeras1, byTheano }: Source): NamedTensor {
  const { filters, dataFormat } = (layer as unknown as { readonly options: ConvolutionOptions }).options;
  const kernel = isKeras1 ? fromKeras1(layer.className, withNumbers(tensor), filters, dataFormat) : tensor;
  return { name, tensor: byTheano && kernel.shape.length > 2 ? turned(withNumbers(kernel)) : kernel };
}

/** Keras 1 has Theano's order of axes where channels come first, and one-dimensional kernels with an axis of 1 in them. */
function fromKeras1(className: string, kernel: Tensor, filters: number, dataFormat: string): Tensor {
  const first = dataFormat === "channels_first";
  const { shape } = kernel;
  if (className === "Conv1D" && shape.length === 4) {
    const modern = shape[1] === 1 && shape[3] === filters ? kernel : transposed(kernel, [2, 3, 1, 0]);
    return modern.reshape([modern.shape[0]!, ...modern.shape.slice(2)]);
  }
  if (className === "Conv2D" && first) return transposed(kernel, [2, 3, 1, 0]);
  if (className === "Conv3D" && first) return transposed(kernel, [2, 3, 4, 1, 0]);
  if (className === "Conv2DTranspose") return transposed(kernel, first ? [2, 3, 0, 1] : [0, 1, 3, 2]);
  return kernel;
}

/** Where the gates of today begin among the weights of Keras 1: kernel, recurrent kernel and bias of each gate. */
const GATES: { readonly [className: string]: readonly number[] } = {
  // Input, cell, forget, output. Now: input, forget, cell, output.
  LSTM: [0, 6, 3, 9],
  GRU: [0, 3, 6],
};
const isGate = (weight: NamedTensor | undefined): boolean =>
  weight !== undefined && /_W_[iz](:\d+)?$/.test(weight.name);

function modernGates(weights: readonly NamedTensor[], gates: readonly number[]): NamedTensor[] {
  const numbers = weights.map(({ name, tensor }) => ({ name, tensor: withNumbers(tensor) }));
  if (weights.length === 3 * gates.length) {
    const all = (of: number): Tensor => sideBySide(gates.map((gate) => numbers[gate + of]!.tensor));
    return ["kernel", "recurrent_kernel", "bias"].map((name, of) => ({ name, tensor: all(of) }));
  }
  const [kernel, recurrent, bias] = numbers;
  const units = recurrent?.tensor.shape[0];
  const count = gates.length;
  if (units === undefined || bias?.tensor.shape.length !== 1 || bias.tensor.size !== 2 * count * units)
    return [...weights];
  return [
    { ...kernel!, tensor: fromCudnn(kernel!.tensor, count) },
    { ...recurrent!, tensor: fromCudnn(recurrent!.tensor, count) },
    // A GRU has two biases of its own.
    { ...bias, tensor: count === 3 ? bias.tensor.reshape([2, count * units]) : sumOfHalves(bias.tensor) },
  ];
}

/** cuDNN has each gate's matrix the other way round. */
function fromCudnn(kernel: Tensor, gates: number): Tensor {
  return sideBySide(
    partsOf(kernel, gates).map((gate) => {
      const [rows, columns] = gate.shape as [number, number];
      return transposed(gate.reshape([columns, rows]), [1, 0]);
    }),
  );
}

function sumOfHalves({ data, size }: Tensor): Tensor {
  const values = data as Float32Array;
  const half = size / 2;
  return new Tensor(
    Float32Array.from({ length: half }, (_, i) => values[i]! + values[half + i]!),
    [half],
    "float32",
  );
}
