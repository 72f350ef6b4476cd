import { OptionError } from "../../core/errors.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { axisSize } from "../base/shape-checks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import type { BiasSettings, ConvSettings } from "../options/conv-settings.js";
import { channelAxis, type DataFormat } from "../options/data-format.js";

/** What all convolutions share: rank and channels of the input, bias and activation. */
export abstract class ConvLayer<S extends BiasSettings & { readonly dataFormat: DataFormat }> extends TableLayer<S> {
  static override readonly traits: LayerTraits = { castsToFloat: true };
  bias: Variable | null = null;

  /** Number of spatial axes. */
  protected abstract get spatialRank(): number;

  override get inputSpecs(): readonly InputSpec[] {
    const rank = this.spatialRank + 2;
    const shape = this.buildShapes?.[0];
    if (shape === undefined) return [{ rank }];
    const axis = channelAxis(rank, this.options.dataFormat);
    return [{ rank, axes: { [axis]: shape[axis]! } }];
  }

  /** Input channels of the shape. */
  protected channels(shape: Shape): number {
    return axisSize(this, shape, channelAxis(this.spatialRank + 2, this.options.dataFormat));
  }

  protected addBias(channels: number): void {
    const { useBias, biasInitializer, biasRegularizer, biasConstraint } = this.options;
    if (!useBias) return;
    this.bias = this.addWeight("bias", {
      shape: [channels],
      initializer: biasInitializer,
      regularizer: biasRegularizer,
      constraint: biasConstraint,
    });
  }

  /** Bias and activation. */
  protected finish(products: Value): Value {
    const { activation, dataFormat } = this.options;
    if (this.bias === null) return activation(products);
    const ones = new Array<number>(this.spatialRank).fill(1);
    const bias =
      dataFormat === "channels_last" ? this.bias.value : ops.reshape(this.bias.value, [1, this.bias.size, ...ones]);
    return activation(ops.add(products, bias));
  }
}

export type ConvOptions = Given<ConvSettings, "filters" | "kernelSize">;

/** Convolution of any number of spatial axes. Weights: kernel (...window, in / groups, filters), bias (filters). */
export abstract class BaseConv extends ConvLayer<ConvSettings> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  kernel!: Variable;

  constructor(filters: number, kernelSize: number | readonly number[], options: ConvOptions = {}) {
    super({ filters, kernelSize, ...options });
    const { groups } = this.options;
    if (filters % groups !== 0) throw this.#notDivisible("filters", filters);
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize, groups, ...options } = this.options;
    const channels = this.channels(shape!);
    if (channels % groups !== 0) throw this.#notDivisible("channels of the input", channels);
    this.kernel = this.addWeight("kernel", {
      shape: [...kernelSize, channels / groups, filters],
      initializer: options.kernelInitializer,
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
    });
    this.addBias(filters);
  }

  override call(x: Value): Value {
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
