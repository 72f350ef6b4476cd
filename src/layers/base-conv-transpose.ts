import { bool, type Fields, int, nullable, oneOf } from "../core/options.js";
import type { Shape } from "../core/shape.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { ConvLayer } from "./base-conv.js";
import { type BiasSettings, perAxisField, type WindowSettings, zeroPerAxisField } from "./conv-settings.js";
import { dataFormatField } from "./data-format.js";
import { activationField } from "./fields.js";
import type { Given } from "./given.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "./kernel-and-bias.js";

export interface ConvTransposeSettings extends Omit<WindowSettings, "padding">, BiasSettings, KernelAndBiasSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** "same": the output is strides times the input. Default "valid". */
  readonly padding: "valid" | "same";
  /** Elements added at the end of each axis, less than the stride. Default: what the padding asks for. */
  readonly outputPadding: readonly number[] | null;
}

/** The option table of a transposed convolution, in Keras's order. */
export function convTransposeFields(rank: number): Fields<ConvTransposeSettings> {
  return {
    filters: int({ min: 1 }),
    kernelSize: perAxisField(rank),
    strides: perAxisField(rank, 1),
    padding: oneOf(["valid", "same"], { default: "valid" }),
    outputPadding: nullable(zeroPerAxisField(rank)),
    dataFormat: dataFormatField(),
    dilationRate: perAxisField(rank, 1),
    activation: activationField(),
    useBias: bool(true),
    ...kernelAndBiasFields,
  };
}

export type ConvTransposeOptions = Given<ConvTransposeSettings, "filters" | "kernelSize">;

/** Transposed ("de-") convolution. Weights: kernel (...window, filters, in), bias (filters). */
export abstract class BaseConvTranspose extends ConvLayer<ConvTransposeSettings> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  kernel!: Variable;

  constructor(filters: number, kernelSize: number | readonly number[], options: ConvTransposeOptions = {}) {
    super({ filters, kernelSize, ...options });
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize, ...options } = this.options;
    this.kernel = this.addWeight("kernel", {
      shape: [...kernelSize, filters, this.channels(shape!)],
      initializer: options.kernelInitializer,
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
    });
    this.addBias(filters);
  }

  override call(x: Value): Value {
    const { strides, padding, outputPadding, dilationRate, dataFormat } = this.options;
    const options = { strides, padding, outputPadding, dilations: dilationRate, dataFormat };
    return this.finish(ops.convTranspose(x, this.kernel.value, options));
  }
}
