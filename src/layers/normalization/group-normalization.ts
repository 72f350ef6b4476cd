import { OptionError } from "../../core/errors.js";
import { type Fields, float, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { axisSize, positiveAxis } from "../base/shape-checks.js";
import type { LayerTraits } from "../base/traits.js";
import { AffineLayer } from "./affine-layer.js";
import { type AffineSettings, affineInitializers, affinePenalties, affineSwitches } from "./normalization-settings.js";

export interface GroupNormalizationSettings extends AffineSettings {
  /** Number of groups of channels; -1: one for each channel. Default 32. */
  readonly groups: number;
  /** Axis of the channels. Default -1. */
  readonly axis: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
}

export type GroupNormalizationOptions = Given<GroupNormalizationSettings>;

/**
 * Normalizes each sample over groups of channels (Wu & He 2018, https://arxiv.org/abs/1803.08494). Weights: gamma and
 * beta, one number for each channel.
 */
export class GroupNormalization extends AffineLayer<GroupNormalizationSettings> {
  static override readonly className: string = "GroupNormalization";
  static override readonly fields: Fields<GroupNormalizationSettings> = {
    groups: int({ min: -1 }, { default: 32 }),
    axis: int({}, { default: -1 }),
    epsilon: float({ min: 0 }, { default: 0.001 }),
    ...affineSwitches,
    ...affineInitializers,
    ...affinePenalties,
  };
  static override readonly traits: LayerTraits = { supportsMasking: true };

  override build([shape]: readonly Shape[]): void {
    const channels = axisSize(this, shape!, this.options.axis);
    if (channels % this.#groups(channels) !== 0) {
      throw new OptionError({
        code: "groups",
        what: `The channels of the input of ${this.label} must divide into its ${this.options.groups} groups`,
        received: `${channels} channels`,
        fix: "Choose groups that divide the channels",
        data: { layer: this.name },
      });
    }
    this.addAffine([channels]);
  }

  override call(x: Value, _context?: CallContext): Value {
    const axis = positiveAxis(this, this.options.axis, x.shape.length);
    const channels = x.shape[axis]!;
    const groups = this.#groups(channels);
    const split = [...x.shape.slice(0, axis), groups, channels / groups, ...x.shape.slice(axis + 1)];
    const grouped = ops.reshape(x, split);
    const axes = split.map((_, i) => i).filter((i) => i !== 0 && i !== axis);
    const mean = ops.mean(grouped, { axes, keepDims: true });
    const variance = ops.variance(grouped, { axes, keepDims: true });
    const dims = split.map((dim, i) => (i === axis || i === axis + 1 ? dim : 1));
    return ops.reshape(this.normalize(grouped, mean, variance, this.options.epsilon, dims), x.shape);
  }

  // Keras fills in the number of groups when it builds.
  override getConfig(): Record<string, Json> {
    const config = super.getConfig();
    const shape = this.buildShapes?.[0];
    return shape ? { ...config, groups: this.#groups(axisSize(this, shape, this.options.axis)) } : config;
  }

  #groups(channels: number): number {
    return this.options.groups === -1 ? channels : this.options.groups;
  }
}
