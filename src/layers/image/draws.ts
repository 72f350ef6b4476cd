import type { Dims, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { purposeOf } from "../base/noise.js";

/** How often a gamma distributed number is tried for: one try in 20 fails. */
const TRIES = 8;

/** What a call of a layer draws at random: numbers of its streams, each by its name. */
export class Draws {
  readonly #context: CallContext;
  readonly #seed: number | null;
  readonly #prefix: string;

  constructor(context: CallContext, seed: number | null, prefix = "") {
    this.#context = context;
    this.#seed = seed;
    this.#prefix = prefix;
  }

  /** Draws for a layer inside the layer, or for one of several times. */
  of(name: string): Draws {
    return new Draws(this.#context, this.#seed, `${this.#prefix}${name}/`);
  }

  #draw(name: string, dims: Dims, distribution: "uniform" | "normal"): Value {
    return this.#context.random(purposeOf(this.#prefix + name, this.#seed), dims, distribution);
  }

  /** From low to high; high excluded. */
  uniform(name: string, dims: Dims, [low, high]: readonly [number, number] = [0, 1]): Value {
    const drawn = this.#draw(name, dims, "uniform");
    return low === 0 && high === 1 ? drawn : ops.add(ops.multiply(drawn, high - low), low);
  }

  /** Whole numbers from 0 below `count`. */
  whole(name: string, dims: Dims, count: number): Value {
    return ops.cast(ops.minimum(ops.floor(ops.multiply(this.#draw(name, dims, "uniform"), count)), count - 1), "int32");
  }

  normal(name: string, dims: Dims): Value {
    return this.#draw(name, dims, "normal");
  }

  /** True as often as a number between the factors says, which is drawn too. */
  chance(name: string, dims: Dims, factor: readonly [number, number]): Value {
    return ops.less(this.uniform(`${name}_threshold`, dims), this.uniform(`${name}_probability`, dims, factor));
  }

  /**
   * The logarithm of gamma distributed numbers: G. Marsaglia, W. Tsang, "A simple method for generating gamma variables",
   * 2000, where what is rejected is tried anew a fixed number of times.
   */
  logGamma(name: string, dims: Dims, alpha: Value | number): Value {
    const d = ops.add(alpha, 1 - 1 / 3);
    const c = ops.rsqrt(ops.multiply(d, 9));
    const tries = Array.from({ length: TRIES }, (_, i) => {
      const x = this.normal(`${name}_normal_${i}`, dims);
      const root = ops.add(ops.multiply(x, c), 1);
      const v = ops.power(ops.maximum(root, 1e-30), 3);
      const bound = ops.add(ops.multiply(ops.square(x), 0.5), ops.multiply(d, ops.add(ops.subtract(1, v), ops.log(v))));
      const accepted = ops.logicalAnd(ops.greater(root, 0), ops.less(this.#log(`${name}_uniform_${i}`, dims), bound));
      return { accepted, log: ops.log(ops.multiply(d, v)) };
    });
    // The last try counts whatever it is; 1 in 10^10 comes to it.
    const grown = tries.reduceRight<Value>(
      (later, { accepted, log }) => ops.where(accepted, log, later),
      ops.broadcastTo(ops.log(d), dims),
    );
    return ops.add(grown, ops.divide(this.#log(`${name}_boost`, dims), alpha));
  }

  #log(name: string, dims: Dims): Value {
    return ops.log(ops.maximum(this.uniform(name, dims), 2 ** -33));
  }

  /** Beta distributed numbers, with alpha = beta. */
  beta(name: string, dims: Dims, alpha: Value | number): Value {
    return ops.sigmoid(
      ops.subtract(this.logGamma(`${name}_first`, dims, alpha), this.logGamma(`${name}_second`, dims, alpha)),
    );
  }

  /** The rows of a batch in another order, as int32. */
  permutation(name: string, rows: number): Value {
    return ops.argsort(this.uniform(name, [rows]), { axis: 0 });
  }
}
