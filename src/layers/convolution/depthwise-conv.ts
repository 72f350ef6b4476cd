import type { Constraint } from "../../constraints/index.js";
import { bool, type Fields, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { type BiasSettings, paddingField, perAxisField, type WindowSettings } from "../options/conv-settings.js";
import { dataFormatField } from "../options/data-format.js";
import { activationField, constraintField, initializerField, regularizerField } from "../options/fields.js";
import { ConvLayer } from "./conv-layer.js";

export interface DepthwiseSettings extends WindowSettings, BiasSettings {
  /** Output channels for each input channel. Default 1. */
  readonly depthMultiplier: number;
  /** Default "glorot_uniform". */
  readonly depthwiseInitializer: Initializer;
  /** Penalty on the depthwise kernel, added to the loss. Default null: none. */
  readonly depthwiseRegularizer: Regularizer | null;
  /** Projection of the depthwise kernel after each update. Default null: none. */
  readonly depthwiseConstraint: Constraint | null;
}

/** The option table of a depthwise convolution, in Keras's order. */
function depthwiseFields(rank: number): Fields<DepthwiseSettings> {
  return {
    depthMultiplier: int({ min: 1 }, { default: 1 }),
    kernelSize: perAxisField(rank),
    strides: perAxisField(rank, 1),
    padding: paddingField(rank),
    dataFormat: dataFormatField(),
    dilationRate: perAxisField(rank, 1),
    activation: activationField(),
    useBias: bool(true),
    depthwiseInitializer: initializerField("glorot_uniform"),
    biasInitializer: initializerField("zeros"),
    depthwiseRegularizer: regularizerField(),
    biasRegularizer: regularizerField(),
    activityRegularizer: regularizerField(),
    depthwiseConstraint: constraintField(),
    biasConstraint: constraintField(),
  };
}

export type DepthwiseOptions = Given<DepthwiseSettings, "kernelSize">;

/** Convolves each channel separately. Weights: kernel (...window, in, depthMultiplier), bias (in * depthMultiplier). */
abstract class DepthwiseConv extends ConvLayer<DepthwiseSettings> {
  static override readonly positional: readonly string[] = ["kernelSize"];

  kernel!: Variable;

  constructor(kernelSize: number | readonly number[], options: DepthwiseOptions = {}) {
    super(withArguments(new.target, { kernelSize }, options));
  }

  override build([shape]: readonly Shape[]): void {
    const { kernelSize, depthMultiplier } = this.options;
    const channels = this.channels(shape!);
    this.kernel = this.addWeight("kernel", {
      shape: [...kernelSize, channels, depthMultiplier],
      ...weightParts(this.options, "depthwise"),
    });
    this.addBias(channels * depthMultiplier);
  }

  override call(x: Value, _context?: CallContext): Value {
    return this.finish(depthwiseConv(x, this.kernel.value, this.options));
  }
}

/** One group for each channel: the kernel's last two axes become (1, in * multiplier). */
export function depthwiseConv(x: Value, kernel: Value, settings: WindowSettings): Value {
  const { strides, padding, dilationRate, dataFormat } = settings;
  const rank = kernel.shape.length - 2;
  const [channels, multiplier] = [kernel.shape[rank]!, kernel.shape[rank + 1]!];
  const grouped = ops.reshape(kernel, [...kernel.shape.slice(0, rank), 1, channels * multiplier]);
  return ops.conv(x, grouped, { strides, padding, dilations: dilationRate, groups: channels, dataFormat });
}

/** Depthwise convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
export class DepthwiseConv1D extends DepthwiseConv {
  static override readonly className: string = "DepthwiseConv1D";
  static override readonly fields: Fields<DepthwiseSettings> = depthwiseFields(1);
}

/**
 * Depthwise convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come
 * second.
 */
export class DepthwiseConv2D extends DepthwiseConv {
  static override readonly className: string = "DepthwiseConv2D";
  static override readonly fields: Fields<DepthwiseSettings> = depthwiseFields(2);
}
