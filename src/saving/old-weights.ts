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
 * The weights of a layer of an `.h5` file in their present form: Keras 1 keeps an LSTM's gates apart and some kernels
 * transposed, cuDNN's LSTM has two biases, and Theano's kernels are turned.
 */
export function modernWeights(layer: Layer, stored: readonly NamedTensor[], origin: Origin): readonly NamedTensor[] {
  if (origin.pawl !== null || stored.length === 0) return stored;
  const source = sourceOf(stored, origin);
  const leaves = leavesOf(layer);
  const rest = [...stored];
  const part = (leaf: Layer, count: number): NamedTensor[] => {
    if (count === 0) return [];
    const hasGates = leaf.className === "LSTM" && (isGate(rest[0]) || (leaves.length === 1 && stored.length === GATED));
    return modernPart(leaf, rest.splice(0, hasGates ? GATED : count), source);
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

/** A model's layers, with those of models inside in their places. */
function leavesOf(layer: Layer): readonly Layer[] {
  return layer.networkKind === null ? [layer] : layer.sublayers.flatMap((inner) => leavesOf(inner as Layer));
}

function modernPart(layer: Layer, weights: readonly NamedTensor[], source: Source): NamedTensor[] {
  const [first, ...others] = weights;
  if (first === undefined) return [];
  if (layer.className === "LSTM") return modernLstm(weights);
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

/** Weights of an LSTM in Keras 1: kernel, recurrent kernel and bias for each of the four gates. */
const GATED = 12;
const isGate = (weight: NamedTensor | undefined): boolean => weight !== undefined && /_W_i(:\d+)?$/.test(weight.name);

function modernLstm(weights: readonly NamedTensor[]): NamedTensor[] {
  const numbers = weights.map(({ name, tensor }) => ({ name, tensor: withNumbers(tensor) }));
  if (weights.length === GATED) {
    // Keras 1: input, cell, forget, output. Now: input, forget, cell, output.
    const gates = (of: number): Tensor => sideBySide([0, 6, 3, 9].map((gate) => numbers[gate + of]!.tensor));
    return ["kernel", "recurrent_kernel", "bias"].map((name, of) => ({ name, tensor: gates(of) }));
  }
  const [kernel, recurrent, bias] = numbers;
  const units = recurrent?.tensor.shape[0];
  if (units === undefined || bias?.tensor.size !== 8 * units) return [...weights];
  return [
    { ...kernel!, tensor: fromCudnn(kernel!.tensor) },
    { ...recurrent!, tensor: fromCudnn(recurrent!.tensor) },
    { ...bias, tensor: sumOfHalves(bias.tensor) },
  ];
}

/** cuDNN has each gate's matrix the other way round. */
function fromCudnn(kernel: Tensor): Tensor {
  return sideBySide(
    partsOf(kernel, 4).map((gate) => {
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
