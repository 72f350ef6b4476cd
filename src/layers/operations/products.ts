import type { Config } from "../../core/parts.js";
import * as ops from "../../ops/index.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { OperationDefinition } from "../base/operation.js";
import { einsumOf } from "./einsum.js";
import { binary, NN, NUMPY, one, plain, type Row, type Symbolic } from "./row.js";
import { operand, value, word, wrongSetting } from "./settings.js";
import { padded, swappedAxes } from "./shapes.js";

const product = plain(NUMPY, "Matmul", ["x1", "x2"], (a, b) => ops.matmul(a, b));

/** Keras has no transposed products: the axes are exchanged first. */
export const matmul: Row<typeof ops.matmul> = {
  definitions: [product],
  operands: [0, 1],
  apply: (a, b, { transposeA = false, transposeB = false } = {}) =>
    one(product, [transposeA ? swappedAxes(a, -2, -1) : a, transposeB ? swappedAxes(b, -2, -1) : b]),
};

export const einsum: Row<typeof ops.einsum> = {
  definitions: [einsumOf],
  operands: { from: 1 },
  apply: (subscripts, ...operands) => one(einsumOf, operands, { subscripts }),
};

export const dot: Row<typeof ops.dot> = binary("Dot", ops.dot);
export const outer: Row<typeof ops.outer> = binary("Outer", ops.outer);

const contracted: OperationDefinition = {
  className: "Tensordot",
  module: NUMPY,
  parameters: ["x1", "x2"],
  fields: { axes: 2 },
  compute: (args, config) => ops.tensordot(operand(args, 0), operand(args, 1), config["axes"] as ops.TensordotAxes),
};
export const tensordot: Row<typeof ops.tensordot> = {
  definitions: [contracted],
  operands: [0, 1],
  apply: (a, b, axes = 2) => {
    const pairs = typeof axes === "number" ? axes : axes.map((list) => [list].flat() as number[]);
    return one(contracted, [a, b], { axes: pairs });
  },
};

type PerAxis = number | readonly number[];

const perAxis = (config: Config, name: string): PerAxis => {
  const given = config[name];
  const isCount = (item: unknown): boolean => typeof item === "number" && Number.isInteger(item) && item >= 0;
  if (isCount(given)) return given as number;
  if (Array.isArray(given) && given.every(isCount)) return given as number[];
  throw wrongSetting(name, given, "a whole number, or one for each axis");
};

const format = (config: Config): "channels_last" | "channels_first" =>
  config["data_format"] === null ? "channels_last" : word(config, "data_format", ["channels_last", "channels_first"]);
/** One number where all are one: some backends of Keras cannot compute with the lists that files make of tuples. */
const toJson = (given: PerAxis): number | number[] =>
  typeof given === "number"
    ? given
    : given.every((one) => one === given[0]) && given.length > 0
      ? given[0]!
      : [...given];

const convolved: OperationDefinition = {
  className: "Conv",
  module: NN,
  parameters: ["inputs", "kernel"],
  fields: { strides: 1, padding: "valid", data_format: null, dilation_rate: 1 },
  compute: (args, config) => {
    const x = value(args, 0);
    const kernel = operand(args, 1);
    const dataFormat = format(config);
    const channels = dataFormat === "channels_last" ? x.shape.at(-1)! : x.shape[1]!;
    const inside = typeof kernel === "number" ? channels : kernel.shape.at(-2)!;
    return ops.conv(x, kernel, {
      strides: perAxis(config, "strides"),
      padding: word(config, "padding", ["valid", "same", "causal"]),
      dilations: perAxis(config, "dilation_rate"),
      dataFormat,
      groups: Math.max(1, Math.floor(channels / inside)),
    });
  },
};

/** x with zeros around it where the padding is no word that Keras's operations have, and the word that is left. */
function withZeros(
  x: Symbolic,
  padding: "valid" | "same" | "causal" | readonly (readonly [number, number])[] | undefined,
  dataFormat: "channels_last" | "channels_first",
  reach: readonly number[],
): readonly [x: Symbolic, padding: "valid" | "same"] {
  if (padding === undefined || padding === "valid" || padding === "same") return [x, padding ?? "valid"];
  const widths = padding === "causal" ? reach.map((width) => [width, 0] as const) : padding;
  const spatial = widths.map(([before, after]) => [before, after]);
  const pairs = dataFormat === "channels_last" ? [[0, 0], ...spatial, [0, 0]] : [[0, 0], [0, 0], ...spatial];
  return [one(padded, [x, null], { pad_width: pairs }), "valid"];
}

/** How many groups there are follows from the kernel, as in Keras. */
export const conv: Row<typeof ops.conv> = {
  definitions: [convolved],
  operands: [0, 1],
  apply: (x, kernel, { strides = 1, padding, dilations = 1, dataFormat = "channels_last" } = {}) => {
    const window = (kernel as KerasTensor).shape.slice(0, -2);
    const reach = window.map(
      (size, i) => (typeof dilations === "number" ? dilations : dilations[i]!) * ((size ?? 1) - 1),
    );
    const [wide, word] = withZeros(x, padding, dataFormat, reach);
    const config = {
      strides: toJson(strides),
      padding: word,
      data_format: dataFormat,
      dilation_rate: toJson(dilations),
    };
    return one(convolved, [wide, kernel], config);
  },
};

const spread: OperationDefinition = {
  className: "ConvTranspose",
  module: NN,
  parameters: ["inputs", "kernel"],
  fields: { strides: 1, padding: "valid", output_padding: null, data_format: null, dilation_rate: 1 },
  compute: (args, config) =>
    ops.convTranspose(operand(args, 0), operand(args, 1), {
      strides: perAxis(config, "strides"),
      padding: word(config, "padding", ["valid", "same"]),
      outputPadding: config["output_padding"] === null ? null : perAxis(config, "output_padding"),
      dilations: perAxis(config, "dilation_rate"),
      dataFormat: format(config),
    }),
};

export const convTranspose: Row<typeof ops.convTranspose> = {
  definitions: [spread],
  operands: [0, 1],
  apply: (x, kernel, options = {}) => {
    const {
      strides = 1,
      padding = "valid",
      outputPadding = null,
      dilations = 1,
      dataFormat = "channels_last",
    } = options;
    return one(spread, [x, kernel], {
      strides: toJson(strides),
      padding,
      output_padding: outputPadding === null ? null : toJson(outputPadding),
      data_format: dataFormat,
      dilation_rate: toJson(dilations),
    });
  },
};

const pooling = (className: string, op: typeof ops.maxPool | typeof ops.averagePool): OperationDefinition => ({
  className,
  module: NN,
  parameters: ["inputs"],
  fields: { pool_size: null, strides: null, padding: "valid", data_format: null },
  compute: (args, config) => {
    const x = value(args, 0);
    const size = perAxis(config, "pool_size");
    return op(x, {
      poolSize: typeof size === "number" ? new Array<number>(Math.max(1, x.shape.length - 2)).fill(size) : size,
      strides: config["strides"] === null ? null : perAxis(config, "strides"),
      padding: word(config, "padding", ["valid", "same"]),
      dataFormat: format(config),
    });
  },
});
const largest = pooling("MaxPool", ops.maxPool);
const averages = pooling("AveragePool", ops.averagePool);

const pool = (definition: OperationDefinition): Row<typeof ops.maxPool> => ({
  definitions: [definition],
  operands: [0],
  apply: (x, { poolSize, strides = null, padding = "valid", dataFormat = "channels_last" }) =>
    one(definition, [x], {
      pool_size: toJson(poolSize),
      strides: toJson(strides ?? poolSize),
      padding: typeof padding === "string" ? padding : padding.map((widths) => [...widths]),
      data_format: dataFormat,
    }),
});

export const maxPool: Row<typeof ops.maxPool> = pool(largest);
export const averagePool: Row<typeof ops.averagePool> = pool(averages);

const adapting = (
  className: string,
  op: typeof ops.adaptiveMaxPool | typeof ops.adaptiveAveragePool,
): Row<typeof ops.adaptiveMaxPool> => {
  const definition: OperationDefinition = {
    className,
    module: NN,
    parameters: ["inputs"],
    fields: { output_size: null, data_format: null },
    compute: (args, config) =>
      op(value(args, 0), { outputSize: perAxis(config, "output_size"), dataFormat: format(config) }),
  };
  return {
    definitions: [definition],
    operands: [0],
    apply: (x, { outputSize, dataFormat = "channels_last" }) => {
      // Keras wants a list in models.
      const axes = Math.max(1, (x as KerasTensor).shape.length - 2);
      const sizes = typeof outputSize === "number" ? new Array<number>(axes).fill(outputSize) : [...outputSize];
      return one(definition, [x], { output_size: sizes, data_format: dataFormat });
    },
  };
};

export const adaptiveMaxPool: Row<typeof ops.adaptiveMaxPool> = adapting("AdaptiveMaxPool", ops.adaptiveMaxPool);
export const adaptiveAveragePool: Row<typeof ops.adaptiveAveragePool> = adapting(
  "AdaptiveAveragePool",
  ops.adaptiveAveragePool,
);
