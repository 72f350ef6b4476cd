import { type Field, nullable, wrongOption } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import { normals, truncatedNormals, uniforms } from "./draw.js";
import { computeFans } from "./fans.js";
import { FillingInitializer, type Initializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

/** Standard deviation of a standard normal that is cut at two standard deviations. */
const TRUNCATED_STDDEV = 0.8796256610342398;

export interface FanOptions extends SeedOption {
  /** Axes of the weight that count as inputs; needs `outputAxes` too. Default: from the shape. */
  inputAxes?: readonly number[] | null;
  /** Axes that count as outputs; needs `inputAxes` too. Default: from the shape. */
  outputAxes?: readonly number[] | null;
}

const axes: Field<readonly number[]> = {
  parse(value, where) {
    const list: unknown = typeof value === "number" ? [value] : value;
    if (!Array.isArray(list) || !list.every((axis) => Number.isInteger(axis))) {
      throw wrongOption(where, "a list of axes or null", value);
    }
    return list as number[];
  },
};

export const fanFields: {
  readonly seed: Field<number | null>;
  readonly inputAxes: Field<readonly number[] | null>;
  readonly outputAxes: Field<readonly number[] | null>;
} = {
  seed: seedField,
  inputAxes: nullable(axes) as Field<readonly number[] | null>,
  outputAxes: nullable(axes) as Field<readonly number[] | null>,
};

/** How numbers are scaled to the fans of a weight. */
export interface Scaling {
  readonly scale: number;
  readonly mode: "fan_in" | "fan_out" | "fan_avg";
  readonly distribution: "truncated_normal" | "untruncated_normal" | "uniform";
}

/** Base of the initializers whose variance is scale / fan. */
export abstract class ScalingInitializer<O extends FanOptions> extends FillingInitializer<O> {
  protected abstract scaling(): Scaling;

  /** Axes that the user gave stay. */
  override withAxes(inputAxes: readonly number[], outputAxes: readonly number[]): Initializer {
    const options = this.options as unknown as Required<FanOptions>;
    if (options.inputAxes !== null && options.outputAxes !== null) return this;
    const cls = this.constructor as new (options: object) => Initializer;
    return new cls({ ...this.options, inputAxes, outputAxes });
  }

  override fill(out: Float32Array, shape: StaticShape, seed: number): void {
    const { scale, mode, distribution } = this.scaling();
    const options = this.options as unknown as Required<FanOptions>;
    const { fanIn, fanOut } = computeFans(shape, options.inputAxes, options.outputAxes);
    const fan = mode === "fan_in" ? fanIn : mode === "fan_out" ? fanOut : (fanIn + fanOut) / 2;
    const variance = scale / Math.max(1, fan);
    const key = options.seed ?? seed;
    if (distribution === "uniform") {
      const limit = Math.sqrt(3 * variance);
      uniforms(key, out, (u) => (2 * u - 1) * limit);
    } else if (distribution === "untruncated_normal") {
      const stddev = Math.sqrt(variance);
      normals(key, out, (z) => z * stddev);
    } else {
      const stddev = Math.sqrt(variance) / TRUNCATED_STDDEV;
      truncatedNormals(key, out, (z) => z * stddev);
    }
  }
}
