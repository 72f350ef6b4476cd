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
import { paddingField, perAxisField } from "../options/conv-settings.js";
import { dataFormatField } from "../options/data-format.js";
import { activationField, constraintField, initializerField, regularizerField } from "../options/fields.js";
import { ConvLayer } from "./conv-layer.js";
import { type DepthwiseSettings, depthwiseConv } from "./depthwise-conv.js";

export interface SeparableSettings extends DepthwiseSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** Default "glorot_uniform". */
  readonly pointwiseInitializer: Initializer;
  /** Penalty on the pointwise kernel, added to the loss. Default null: none. */
  readonly pointwiseRegularizer: Regularizer | null;
  /** Projection of the pointwise kernel after each update. Default null: none. */
  readonly pointwiseConstraint: Constraint | null;
}

/** The option table of a separable convolution, in Keras's order. */
function separableFields(rank: number): Fields<SeparableSettings> {
  return {
    depthMultiplier: int({ min: 1 }, { default: 1 }),
    filters: int({ min: 1 }),
    kernelSize: perAxisField(rank),
    strides: perAxisField(rank, 1),
    padding: paddingField(rank),
    dataFormat: dataFormatField(),
    dilationRate: perAxisField(rank, 1),
    activation: activationField(),
    useBias: bool(true),
    depthwiseInitializer: initializerField("glorot_uniform"),
    pointwiseInitializer: initializerField("glorot_uniform"),
    biasInitializer: initializerField("zeros"),
    depthwiseRegularizer: regularizerField(),
    pointwiseRegularizer: regularizerField(),
    biasRegularizer: regularizerField(),
    activityRegularizer: regularizerField(),
    depthwiseConstraint: constraintField(),
    pointwiseConstraint: constraintField(),
    biasConstraint: constraintField(),
  };
}

export type SeparableOptions = Given<SeparableSettings, "filters" | "kernelSize">;

/**
 * A depthwise convolution and then one of window 1 over the channels. Weights: depthwise_kernel
 * (...window, in, depthMultiplier), pointwise_kernel (...1, in * depthMultiplier, filters), bias (filters).
 */
abstract class SeparableConv extends ConvLayer<SeparableSettings> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  depthwiseKernel!: Variable;
  pointwiseKernel!: Variable;

  constructor(filters: number, kernelSize: number | readonly number[], options: SeparableOptions = {}) {
    super(withArguments(new.target, { filters, kernelSize }, options));
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize, depthMultiplier } = this.options;
    const channels = this.channels(shape!);
    this.depthwiseKernel = this.addWeight("depthwise_kernel", {
      shape: [...kernelSize, channels, depthMultiplier],
      ...weightParts(this.options, "depthwise"),
    });
    this.pointwiseKernel = this.addWeight("pointwise_kernel", {
      shape: [...kernelSize.map(() => 1), channels * depthMultiplier, filters],
      ...weightParts(this.options, "pointwise"),
    });
    this.addBias(filters);
  }

  override call(x: Value, _context?: CallContext): Value {
    const { dataFormat } = this.options;
    const depthwise = depthwiseConv(x, this.depthwiseKernel.value, this.options);
    return this.finish(ops.conv(depthwise, this.pointwiseKernel.value, { dataFormat }));
  }
}

/** Separable convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
export class SeparableConv1D extends SeparableConv {
  static override readonly className: string = "SeparableConv1D";
  static override readonly fields: Fields<SeparableSettings> = separableFields(1);
}

/**
 * Separable convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come
 * second.
 */
export class SeparableConv2D extends SeparableConv {
  static override readonly className: string = "SeparableConv2D";
  static override readonly fields: Fields<SeparableSettings> = separableFields(2);
}
