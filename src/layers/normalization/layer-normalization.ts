import { type Fields, float } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { axisSizes, positiveAxis } from "../base/shape-checks.js";
import type { LayerTraits } from "../base/traits.js";
import { absentField } from "../options/absent-field.js";
import { axesField } from "../options/axes-field.js";
import { AffineLayer } from "./affine-layer.js";
import { type AffineSettings, affineInitializers, affinePenalties, affineSwitches } from "./normalization-settings.js";

export interface LayerNormalizationSettings extends AffineSettings {
  /** Axis, or axes, to normalize over. Default -1. */
  readonly axis: number | readonly number[];
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
  /** Kept for files: true is RMSNormalization. Default false. */
  readonly rmsScaling: false;
}

export type LayerNormalizationOptions = Given<LayerNormalizationSettings>;

/**
 * Normalizes each sample over its features (Ba et al. 2016, https://arxiv.org/abs/1607.06450). Weights: gamma and beta of
 * the shape of the normalized axes.
 */
export class LayerNormalization extends AffineLayer<LayerNormalizationSettings> {
  static override readonly className: string = "LayerNormalization";
  static override readonly fields: Fields<LayerNormalizationSettings> = {
    axis: axesField(-1),
    epsilon: float({ min: 0 }, { default: 0.001 }),
    ...affineSwitches,
    rmsScaling: absentField(false, "scaling by the variance; use RMSNormalization"),
    ...affineInitializers,
    ...affinePenalties,
  };
  static override readonly traits: LayerTraits = { supportsMasking: true };

  override get inputSpecs(): readonly InputSpec[] {
    const shape = this.buildShapes?.[0];
    if (shape === undefined) return [{ minRank: 2 }];
    const axes = this.#axes(shape.length);
    return [{ rank: shape.length, axes: Object.fromEntries(axes.map((axis) => [axis, shape[axis]!])) }];
  }

  override build([shape]: readonly Shape[]): void {
    this.addAffine(axisSizes(this, shape!, this.#axes(shape!.length)));
  }

  override call(x: Value, _context?: CallContext): Value {
    const axes = this.#axes(x.shape.length);
    const mean = ops.mean(x, { axes, keepDims: true });
    const variance = ops.variance(x, { axes, keepDims: true });
    const dims = x.shape.map((dim, i) => (axes.includes(i) ? dim : 1));
    return this.normalize(x, mean, variance, this.options.epsilon, dims);
  }

  // Keras turns the axis into a list when it builds.
  override getConfig(): Record<string, Json> {
    const config = super.getConfig();
    return this.built ? { ...config, axis: [...this.#sorted()] } : config;
  }

  #sorted(): readonly number[] {
    const { axis } = this.options;
    return typeof axis === "number" ? [axis] : [...axis].sort((a, b) => a - b);
  }

  #axes(rank: number): readonly number[] {
    return this.#sorted().map((axis) => positiveAxis(this, axis, rank));
  }
}
