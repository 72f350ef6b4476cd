import { notHere } from "../../../core/dialect.js";
import type { Config } from "../../../core/parts.js";

interface Described {
  readonly className: string;
  readonly config: Config;
}

/** Classes of Keras 1 and 2 that are another class, or options of it, today. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ["AtrousConvolution1D", "Conv1D"],
  ["AtrousConvolution2D", "Conv2D"],
  ["Deconvolution2D", "Conv2DTranspose"],
  ["TimeDistributedDense", "Dense"],
  // x where it is above theta, else 0.
  ["ThresholdedReLU", "ReLU"],
  // Their weights are in another order, which whoever reads them puts right.
  ["CuDNNLSTM", "LSTM"],
  ["CuDNNGRU", "GRU"],
]);

/** What the modes of Keras 1's Merge are called today. */
const MERGES: ReadonlyMap<string, string> = new Map([
  ["sum", "Add"],
  ["mul", "Multiply"],
  ["ave", "Average"],
  ["max", "Maximum"],
]);

/**
 * A layer's class and config in today's words.
 * @throws {FormatError} for what no class of today does
 */
export function modernClass(className: string, config: Config, where: string): Described {
  if (className === "Merge") return modernMerge(config, where);
  return { className: RENAMED.get(className) ?? className, config };
}

function modernMerge(config: Config, where: string): Described {
  const { name = null, trainable = true, mode = "sum", concat_axis: axis = -1, dot_axes: axes = -1 } = config;
  const common = { name, trainable };
  if (Array.isArray(config["layers"])) {
    throw notHere(
      `${where}.layers`,
      "several branches",
      "Merge of branches in a Sequential: use a functional model",
      [],
    );
  }
  if (mode === "concat") return { className: "Concatenate", config: { ...common, axis } };
  if (mode === "dot" || mode === "cos")
    return { className: "Dot", config: { ...common, axes, normalize: mode === "cos" } };
  const merge = typeof mode === "string" ? MERGES.get(mode) : undefined;
  if (merge === undefined) throw notHere(`${where}.mode`, mode, "such merge", [...MERGES.keys(), "concat"]);
  return { className: merge, config: common };
}
