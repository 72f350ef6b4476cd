import type { StaticShape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { weightParts } from "../base/weight-parts.js";
import type { AffineSettings } from "./normalization-settings.js";

/** A normalization with scale and offset. Weights: gamma, beta, where wanted. */
export abstract class AffineLayer<S extends AffineSettings> extends TableLayer<S> {
  static override readonly traits: LayerTraits = { castsToFloat: true };
  gamma: Variable | null = null;
  beta: Variable | null = null;

  protected addAffine(shape: StaticShape): void {
    const { center, scale } = this.options;
    if (scale) {
      this.gamma = this.addWeight("gamma", { shape, ...weightParts(this.options, "gamma") });
    }
    if (!center) return;
    this.beta = this.addWeight("beta", { shape, ...weightParts(this.options, "beta") });
  }

  /** (x - mean) / sqrt(variance + epsilon) * gamma + beta; weights are reshaped to `dims` to broadcast. */
  protected normalize(x: Value, mean: Value, variance: Value, epsilon: number, dims: StaticShape): Value {
    const root = ops.rsqrt(ops.add(variance, epsilon));
    const factor = this.gamma === null ? root : ops.multiply(root, ops.reshape(this.gamma.value, dims));
    const scaled = ops.multiply(ops.subtract(x, mean), factor);
    return this.beta === null ? scaled : ops.add(scaled, ops.reshape(this.beta.value, dims));
  }

  /** x * gamma + beta, where wanted. */
  protected affine(x: Value, dims: StaticShape): Value {
    const scaled = this.gamma === null ? x : ops.multiply(x, ops.reshape(this.gamma.value, dims));
    return this.beta === null ? scaled : ops.add(scaled, ops.reshape(this.beta.value, dims));
  }
}
