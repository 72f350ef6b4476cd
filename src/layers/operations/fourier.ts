import type { Config } from "../../core/parts.js";
import type { Value } from "../../graph/value.js";
import type { Complex } from "../../ops/fourier.js";
import * as ops from "../../ops/index.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { OperationDefinition } from "../base/operation.js";
import { MATH, many, one, type Row, type Symbolic } from "./row.js";
import { int, operand, operands, wrongSetting } from "./settings.js";

type Pair = [KerasTensor, KerasTensor];

/** Transforms that take pairs, [real, imaginary], and give them. */
function ofPairs(className: string, op: (x: Complex) => readonly [Value, Value]): Row<typeof ops.fft> {
  const definition: OperationDefinition = {
    className,
    module: MATH,
    parameters: ["x"],
    fields: {},
    compute: (args) => op(operands(args, 0) as unknown as Complex),
  };
  return { definitions: [definition], operands: [0], apply: (x) => many(definition, [x as Symbolic]) as Pair };
}

const lengthOf = ({ fft_length: length }: Config): { readonly fftLength: number | null } => {
  if (length === null || length === undefined || typeof length === "number") return { fftLength: length ?? null };
  throw wrongSetting("fft_length", length, "a whole number or null");
};

const realTransform: OperationDefinition = {
  className: "RFFT",
  module: MATH,
  parameters: ["x"],
  fields: { fft_length: null },
  compute: (args, config) => ops.rfft(operand(args, 0), lengthOf(config)),
};
const inverseReal: OperationDefinition = {
  className: "IRFFT",
  module: MATH,
  parameters: ["x"],
  fields: { fft_length: null },
  compute: (args, config) => ops.irfft(operands(args, 0) as unknown as Complex, lengthOf(config)),
};
const frames = { sequence_length: null, sequence_stride: null, fft_length: null };
const optionsOf = (config: Config) => ({
  sequenceLength: int(config, "sequence_length"),
  sequenceStride: int(config, "sequence_stride"),
  fftLength: int(config, "fft_length"),
  window: config["window"] as "hann" | null,
  center: config["center"] !== false,
});
const shortTimes: OperationDefinition = {
  className: "STFT",
  module: MATH,
  parameters: ["x"],
  fields: { ...frames, window: "hann", center: true },
  compute: (args, config) => ops.stft(operand(args, 0), optionsOf(config)),
};
const inverseShortTimes: OperationDefinition = {
  className: "ISTFT",
  module: MATH,
  parameters: ["x"],
  fields: { ...frames, length: null, window: "hann", center: true },
  compute: (args, config) =>
    ops.istft(operands(args, 0) as unknown as Complex, {
      ...optionsOf(config),
      length: config["length"] as number | null,
    }),
};

type WithoutUndefined = { readonly [name: string]: Config[string] | undefined };
const given = (settings: WithoutUndefined): Config =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Config;
const framesOf = (options: Parameters<typeof ops.istft>[1]): Config =>
  given({
    sequence_length: options.sequenceLength,
    sequence_stride: options.sequenceStride,
    fft_length: options.fftLength,
    window: options.window as Config[string] | undefined,
    center: options.center,
    length: options.length,
  });

export const fft: Row<typeof ops.fft> = ofPairs("FFT", ops.fft);
export const fft2: Row<typeof ops.fft2> = ofPairs("FFT2", ops.fft2);
export const ifft2: Row<typeof ops.ifft2> = ofPairs("IFFT2", ops.ifft2);
export const rfft: Row<typeof ops.rfft> = {
  definitions: [realTransform],
  operands: [0],
  apply: (x, { fftLength = null } = {}) => many(realTransform, [x], { fft_length: fftLength }) as Pair,
};
export const irfft: Row<typeof ops.irfft> = {
  definitions: [inverseReal],
  operands: [0],
  apply: (x, { fftLength = null } = {}) => one(inverseReal, [x as Symbolic], { fft_length: fftLength }),
};
export const stft: Row<typeof ops.stft> = {
  definitions: [shortTimes],
  operands: [0],
  apply: (x, options) => many(shortTimes, [x], framesOf(options)) as Pair,
};
export const istft: Row<typeof ops.istft> = {
  definitions: [inverseShortTimes],
  operands: [0],
  apply: (x, options) => one(inverseShortTimes, [x as Symbolic], framesOf(options)),
};
