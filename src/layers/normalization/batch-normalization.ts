import { bool, type Fields, float, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { axisSize, positiveAxis } from "../base/shape-checks.js";
import type { LayerTraits } from "../base/traits.js";
import { absentField } from "../options/absent-field.js";
import { initializerField } from "../options/fields.js";
import { AffineLayer } from "./affine-layer.js";
import { type AffineSettings, affineInitializers, affinePenalties, affineSwitches } from "./normalization-settings.js";

export interface BatchNormalizationSettings extends AffineSettings {
  /** Axis of the features; all others are averaged over. Default -1. */
  readonly axis: number;
  /** Weight of the old value in the moving statistics. Default 0.99. */
  readonly momentum: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
  /** Default "zeros". */
  readonly movingMeanInitializer: Initializer;
  /** Default "ones". */
  readonly movingVarianceInitializer: Initializer;
  /** Has no effect: statistics are always those of the whole batch, over all shards. Default false. */
  readonly synchronized: boolean;
  /** Kept for files of Keras 2: batch renormalization does not exist here. Default false. */
  readonly renorm: false;
  /** Kept for files of Keras 2. Default null. */
  readonly renormClipping: null;
  /** Kept for files of Keras 2. Default 0.99. */
  readonly renormMomentum: number;
}

export type BatchNormalizationOptions = Given<BatchNormalizationSettings>;

/**
 * Normalizes each feature over the batch (Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167). Training uses the
 * statistics of the whole batch (without its masked steps) and updates the moving statistics with them, with the biased
 * variance as in Keras. Otherwise, and while `trainable` is false, it uses the moving statistics. Weights: gamma, beta,
 * moving_mean, moving_variance.
 */
export class BatchNormalization extends AffineLayer<BatchNormalizationSettings> {
  static override readonly className: string = "BatchNormalization";
  static override readonly fields: Fields<BatchNormalizationSettings> = {
    axis: int({}, { default: -1 }),
    momentum: float({ min: 0, max: 1 }, { default: 0.99 }),
    epsilon: float({ min: 0 }, { default: 0.001 }),
    ...affineSwitches,
    ...affineInitializers,
    movingMeanInitializer: initializerField("zeros"),
    movingVarianceInitializer: initializerField("ones"),
    ...affinePenalties,
    synchronized: bool(false),
    renorm: absentField(false, "batch renormalization"),
    renormClipping: absentField(null, "batch renormalization"),
    renormMomentum: float({ min: 0, max: 1 }, { default: 0.99 }),
  };
  static override readonly traits: LayerTraits = { supportsMasking: true, takesMask: true };

  movingMean!: Variable;
  movingVariance!: Variable;

  override get inputSpecs(): readonly InputSpec[] {
    const shape = this.buildShapes?.[0];
    if (shape === undefined) return [{ minRank: 2 }];
    const axis = positiveAxis(this, this.options.axis, shape.length);
    return [{ rank: shape.length, axes: { [axis]: shape[axis]! } }];
  }

  override build([shape]: readonly Shape[]): void {
    const { axis, movingMeanInitializer, movingVarianceInitializer } = this.options;
    const features = [axisSize(this, shape!, axis)];
    this.addAffine(features);
    const state = { shape: features, trainable: false };
    this.movingMean = this.addWeight("moving_mean", { ...state, initializer: movingMeanInitializer });
    this.movingVariance = this.addWeight("moving_variance", { ...state, initializer: movingVarianceInitializer });
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const { epsilon } = this.options;
    const axis = positiveAxis(this, this.options.axis, x.shape.length);
    const dims = x.shape.map((dim, i) => (i === axis ? dim : 1));
    const live = context.training && this.trainable;
    const [mean, variance] = live
      ? this.#batchStatistics(x, axis, context)
      : [context.read(this.movingMean), context.read(this.movingVariance)];
    return this.normalize(x, ops.reshape(mean, dims), ops.reshape(variance, dims), epsilon, dims);
  }

  /**
   * Mean and biased variance of the whole batch, in two passes. Shards add up their sums after each, so all of them
   * centre on the same mean and no digits cancel.
   */
  #batchStatistics(x: Value, axis: number, context: CallContext): readonly [Value, Value] {
    const axes = x.shape.map((_, i) => i).filter((i) => i !== axis);
    const [mask = null] = context.masks;
    const counts = mask && ops.broadcastTo(ops.expandDims(ops.cast(mask, "bool"), -1), x.shape);
    const counted = (value: Value): Value => (counts === null ? value : ops.where(counts, value, 0));
    const count = counts === null ? this.#elements(x, axes, context) : numberOf(counts, axes);
    const dims = x.shape.map((dim, i) => (i === axis ? dim : 1));
    const mean = ops.divide(ops.allSum(ops.sum(counted(x), { axes })), count);
    const variance = ops.customGradient((x) => {
      const centred = counted(ops.subtract(x, ops.reshape(mean, dims)));
      const value = ops.divide(ops.allSum(ops.sum(ops.square(centred), { axes })), count);
      // 2 (x - mean) / count. Nothing comes through the mean: deviations from it add up to zero.
      const gradient = (dy: Value): Value => {
        const half = ops.multiply(ops.reshape(ops.divide(dy, count), dims), centred);
        return ops.add(half, half);
      };
      return { value, gradient };
    })(x);
    this.#move(this.movingMean, mean, context);
    this.#move(this.movingVariance, variance, context);
    return [mean, variance];
  }

  #elements(x: Value, axes: readonly number[], { rows }: CallContext): Value {
    return ops.multiply(
      rows,
      axes.slice(1).reduce((product, i) => product * x.shape[i]!, 1),
    );
  }

  #move(statistic: Variable, batch: Value, context: CallContext): void {
    const { momentum } = this.options;
    const old = ops.multiply(context.read(statistic), momentum);
    context.assign(statistic, ops.stopGradient(ops.add(old, ops.multiply(batch, 1 - momentum))));
  }
}

/** How many elements of each feature are not masked. Keras adds epsilon, so that nothing is divided by zero. */
function numberOf(counts: Value, axes: readonly number[]): Value {
  return ops.add(ops.allSum(ops.sum(ops.cast(counts, "float32"), { axes })), 1e-7);
}
