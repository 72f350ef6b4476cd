import { bool, type Fields, int, nullable, oneOf } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { type BiasSettings, perAxisField, type WindowSettings, zeroPerAxisField } from "../options/conv-settings.js";
import { dataFormatField } from "../options/data-format.js";
import { activationField } from "../options/fields.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import { ConvLayer } from "./conv-layer.js";

export interface ConvTransposeSettings extends Omit<WindowSettings, "padding">, BiasSettings, KernelAndBiasSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** "same": the output is strides times the input. Default "valid". */
  readonly padding: "valid" | "same";
  /** Elements added at the end of each axis, fewer than the stride. Default: as the padding implies. */
  readonly outputPadding: readonly number[] | null;
}

/** The option table of a transposed convolution, in Keras's order. */
function convTransposeFields(rank: number): Fields<ConvTransposeSettings> {
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
abstract class ConvTranspose extends ConvLayer<ConvTransposeSettings> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  kernel!: Variable;

  constructor(filters: number, kernelSize: number | readonly number[], options: ConvTransposeOptions = {}) {
    super(withArguments(new.target, { filters, kernelSize }, options));
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize } = this.options;
    this.kernel = this.addWeight("kernel", {
      shape: [...kernelSize, filters, this.channels(shape!)],
      ...weightParts(this.options, "kernel"),
    });
    this.addBias(filters);
  }

  override call(x: Value, _context?: CallContext): Value {
    const { strides, padding, outputPadding, dilationRate, dataFormat } = this.options;
    const options = { strides, padding, outputPadding, dilations: dilationRate, dataFormat };
    return this.finish(ops.convTranspose(x, this.kernel.value, options));
  }
}

/** Transposed convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
export class Conv1DTranspose extends ConvTranspose {
  static override readonly className: string = "Conv1DTranspose";
  static override readonly fields: Fields<ConvTransposeSettings> = convTransposeFields(1);
}

/** Transposed convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class Conv2DTranspose extends ConvTranspose {
  static override readonly className: string = "Conv2DTranspose";
  static override readonly fields: Fields<ConvTransposeSettings> = convTransposeFields(2);
}

/** Transposed convolution over (batch, depth, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class Conv3DTranspose extends ConvTranspose {
  static override readonly className: string = "Conv3DTranspose";
  static override readonly fields: Fields<ConvTransposeSettings> = convTransposeFields(3);
}
