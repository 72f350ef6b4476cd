import { bool, type Fields, float, int } from "../../core/options.js";
import type { Shape, StaticShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
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
import { initializerField } from "../options/fields.js";
import { AffineLayer } from "./affine-layer.js";
import { corrections, Deviations, type RenormClipping, renormClippingField } from "./batch-renorm.js";
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
  /**
   * Batch renormalization (Ioffe 2017, https://arxiv.org/abs/1702.03275): training corrects what a batch's statistics give
   * towards what the moving ones would. Default false.
   */
  readonly renorm: boolean;
  /** Limits of the corrections: `{ rmax, rmin, dmax }`, each as wanted. Default null: none. */
  readonly renormClipping: RenormClipping | null;
  /** Weight of the old value in the statistics that the corrections follow. Default 0.99. */
  readonly renormMomentum: number;
}

export type BatchNormalizationOptions = Given<BatchNormalizationSettings>;

/**
 * Normalizes each feature over the batch (Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167). Training uses the
 * statistics of the whole batch (without its masked steps) and updates the moving statistics with them, with the biased
 * variance as in Keras. Otherwise, and while `trainable` is false, it uses the moving statistics. Weights: gamma, beta,
 * moving_mean, moving_variance, and with `renorm` moving_stddev, renorm_mean, renorm_stddev.
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
    renorm: bool(false),
    renormClipping: renormClippingField,
    renormMomentum: float({ min: 0, max: 1 }, { default: 0.99 }),
  };
  static override readonly traits: LayerTraits = { supportsMasking: true, takesMask: true };

  movingMean!: Variable;
  movingVariance!: Variable;
  movingStddev: Variable | null = null;
  renormMean: Variable | null = null;
  renormStddev: Variable | null = null;

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
    if (!this.options.renorm) return;
    const deviations = { ...state, initializer: new Deviations(movingVarianceInitializer) };
    this.movingStddev = this.addWeight("moving_stddev", deviations);
    this.renormMean = this.addWeight("renorm_mean", { ...state, initializer: movingMeanInitializer });
    this.renormStddev = this.addWeight("renorm_stddev", deviations);
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const { epsilon } = this.options;
    const axis = positiveAxis(this, this.options.axis, x.shape.length);
    const dims = x.shape.map((dim, i) => (i === axis ? dim : 1));
    const live = context.training && this.trainable;
    const [mean, variance] = live
      ? this.#batchStatistics(x, axis, context)
      : [context.read(this.movingMean), context.read(this.movingVariance)];
    if (live && this.options.renorm) return this.#renormalized(x, mean, variance, dims, context);
    if (live) {
      this.#move(this.movingMean, mean, context);
      this.#move(this.movingVariance, variance, context);
    }
    return this.normalize(x, ops.reshape(mean, dims), ops.reshape(variance, dims), epsilon, dims);
  }

  override getConfig(): Record<string, Json> {
    const { renorm, renormClipping } = this.options;
    return { ...super.getConfig(), ...(renorm && renormClipping === null ? { renorm_clipping: {} } : {}) };
  }

  #renormalized(x: Value, mean: Value, variance: Value, dims: StaticShape, context: CallContext): Value {
    const { epsilon, momentum, renormMomentum, renormClipping } = this.options;
    const moving = { mean: context.read(this.renormMean!), stddev: context.read(this.renormStddev!) };
    const { r, d } = corrections({ mean, variance }, moving, epsilon, renormClipping ?? {});
    const wide = (value: Value): Value => ops.reshape(value, dims);
    const plain = ops.multiply(ops.subtract(x, wide(mean)), wide(ops.rsqrt(ops.add(variance, epsilon))));
    const corrected = ops.add(ops.multiply(plain, wide(r)), wide(d));
    const stddev = ops.sqrt(ops.add(variance, epsilon));
    this.#move(this.renormMean!, mean, context, renormMomentum);
    this.#move(this.renormStddev!, stddev, context, renormMomentum);
    this.#move(this.movingMean, mean, context);
    const deviation = this.#move(this.movingStddev!, stddev, context, momentum);
    context.assign(this.movingVariance, ops.relu(ops.subtract(ops.square(deviation), epsilon)));
    return this.affine(corrected, dims);
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
    return [mean, variance];
  }

  #elements(x: Value, axes: readonly number[], { rows }: CallContext): Value {
    return ops.multiply(
      rows,
      axes.slice(1).reduce((product, i) => product * x.shape[i]!, 1),
    );
  }

  #move(statistic: Variable, batch: Value, context: CallContext, momentum: number = this.options.momentum): Value {
    const old = ops.multiply(context.read(statistic), momentum);
    const next = ops.stopGradient(ops.add(old, ops.multiply(batch, 1 - momentum)));
    context.assign(statistic, next);
    return next;
  }
}

/** How many elements of each feature are not masked. Keras adds epsilon, so that nothing is divided by zero. */
function numberOf(counts: Value, axes: readonly number[]): Value {
  return ops.add(ops.allSum(ops.sum(ops.cast(counts, "float32"), { axes })), 1e-7);
}
