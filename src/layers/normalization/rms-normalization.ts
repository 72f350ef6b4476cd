import { type Fields, float } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { axisSizes, positiveAxis } from "../base/shape-checks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { axesField } from "../options/axes-field.js";

export interface RMSNormalizationSettings {
  /** Axis, or axes, to normalize over. Default -1. */
  readonly axis: number | readonly number[];
  /** Added to the mean square. Default 1e-6. */
  readonly epsilon: number;
}

export type RMSNormalizationOptions = Given<RMSNormalizationSettings>;

/** Divides by the root mean square of the features (Zhang & Sennrich 2019). Weight: scale. */
export class RMSNormalization extends TableLayer<RMSNormalizationSettings> {
  static override readonly className: string = "RMSNormalization";
  static override readonly fields: Fields<RMSNormalizationSettings> = {
    axis: axesField(-1),
    epsilon: float({ min: 0 }, { default: 1e-6 }),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  scale!: Variable;

  override build([shape]: readonly Shape[]): void {
    const sizes = axisSizes(this, shape!, this.#list());
    this.scale = this.addWeight("scale", { shape: sizes, initializer: "ones" });
  }

  override call(x: Value, _context?: CallContext): Value {
    const axes = this.#list().map((axis) => positiveAxis(this, axis, x.shape.length));
    const meanSquare = ops.mean(ops.square(x), { axes, keepDims: true });
    const dims = x.shape.map((dim, i) => (axes.includes(i) ? dim : 1));
    const factor = ops.multiply(
      ops.rsqrt(ops.add(meanSquare, this.options.epsilon)),
      ops.reshape(this.scale.value, dims),
    );
    return ops.multiply(x, factor);
  }

  // Keras turns the axis into a list when it builds.
  override getConfig(): Record<string, Json> {
    const config = super.getConfig();
    return this.built ? { ...config, axis: [...this.#list()] } : config;
  }

  #list(): readonly number[] {
    const { axis } = this.options;
    return typeof axis === "number" ? [axis] : [...axis].sort((a, b) => a - b);
  }
}
