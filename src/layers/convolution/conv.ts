import { OptionError } from "../../core/errors.js";
import { bool, type Fields, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { type BiasSettings, paddingField, perAxisField, type WindowSettings } from "../options/conv-settings.js";
import { dataFormatField } from "../options/data-format.js";
import { activationField } from "../options/fields.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import { ConvLayer } from "./conv-layer.js";

export interface ConvSettings extends WindowSettings, BiasSettings, KernelAndBiasSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** Number of groups of channels that are convolved separately. Default 1. */
  readonly groups: number;
}

/** The option table of a convolution over `rank` spatial axes, in Keras's order. */
function convFields(rank: number): Fields<ConvSettings> {
  return {
    filters: int({ min: 1 }),
    kernelSize: perAxisField(rank),
    strides: perAxisField(rank, 1),
    padding: paddingField(rank),
    dataFormat: dataFormatField(),
    dilationRate: perAxisField(rank, 1),
    groups: int({ min: 1 }, { default: 1 }),
    activation: activationField(),
    useBias: bool(true),
    ...kernelAndBiasFields,
  };
}

export type ConvOptions = Given<ConvSettings, "filters" | "kernelSize">;

/** Convolution of any number of spatial axes. Weights: kernel (...window, in / groups, filters), bias (filters). */
abstract class Conv extends ConvLayer<ConvSettings> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  kernel!: Variable;

  constructor(filters: number, kernelSize: number | readonly number[], options: ConvOptions = {}) {
    super(withArguments(new.target, { filters, kernelSize }, options));
    const { groups } = this.options;
    if (filters % groups !== 0) throw this.#notDivisible("filters", filters);
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize, groups } = this.options;
    const channels = this.channels(shape!);
    if (channels % groups !== 0) throw this.#notDivisible("channels of the input", channels);
    this.kernel = this.addWeight("kernel", {
      shape: [...kernelSize, channels / groups, filters],
      ...weightParts(this.options, "kernel"),
    });
    this.addBias(filters);
  }

  override call(x: Value, _context?: CallContext): Value {
    const { strides, padding, dilationRate, groups, dataFormat } = this.options;
    const options = { strides, padding, dilations: dilationRate, groups, dataFormat };
    return this.finish(ops.conv(x, this.kernel.value, options));
  }

  #notDivisible(what: string, received: number): OptionError {
    return new OptionError({
      code: "groups",
      what: `The ${what} of ${this.label} must divide into its ${this.options.groups} groups`,
      received: `${received}`,
      fix: "Choose groups that divide both filters and the channels of the input",
      data: { layer: this.name },
    });
  }
}

/** Convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
export class Conv1D extends Conv {
  static override readonly className: string = "Conv1D";
  static override readonly fields: Fields<ConvSettings> = convFields(1);
}

/** Convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class Conv2D extends Conv {
  static override readonly className: string = "Conv2D";
  static override readonly fields: Fields<ConvSettings> = convFields(2);
}

/** Convolution over (batch, depth, height, width, channels); with dataFormat "channels_first" the channels come second. */
export class Conv3D extends Conv {
  static override readonly className: string = "Conv3D";
  static override readonly fields: Fields<ConvSettings> = convFields(3);
}
