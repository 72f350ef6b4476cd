import { OptionError } from "../../core/errors.js";
import { type Field, type Fields, float, nullable, resolveOptions } from "../../core/options.js";
import type { StaticShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";

/** Limits of the corrections in batch renormalization; those left out are none. */
export interface RenormClipping {
  readonly rmax?: number | null;
  readonly rmin?: number | null;
  readonly dmax?: number | null;
}

const LIMITS: Fields<RenormClipping> = {
  rmax: nullable(float({})),
  rmin: nullable(float({})),
  dmax: nullable(float({ min: 0 })),
};

export const renormClippingField: Field<RenormClipping | null> = {
  default: null,
  parse(value, where) {
    if (value === null) return null;
    const { rmax, rmin } = resolveOptions(where, LIMITS, value as RenormClipping);
    if (rmax !== null && rmin !== null && rmax < rmin) {
      throw new OptionError({
        code: "renorm-clipping",
        what: `${where}: rmax is below rmin`,
        received: `rmax ${rmax}, rmin ${rmin}`,
        fix: "Exchange the two",
      });
    }
    return value as RenormClipping;
  },
  toConfig: (value) => value as Json,
};

/** What turns normalized values into what the moving statistics would have made of them: x * r + d. Constants to gradients. */
export function corrections(
  batch: { readonly mean: Value; readonly variance: Value },
  moving: { readonly mean: Value; readonly stddev: Value },
  epsilon: number,
  { rmax = null, rmin = null, dmax = null }: RenormClipping,
): { readonly r: Value; readonly d: Value } {
  const stddev = ops.sqrt(ops.add(batch.variance, epsilon));
  // Early in training the moving deviation may be near zero.
  const scale = ops.maximum(moving.stddev, Math.fround(Math.sqrt(epsilon)));
  let r = ops.divide(stddev, scale);
  let d = ops.divide(ops.subtract(batch.mean, moving.mean), scale);
  if (rmin !== null) r = ops.maximum(r, rmin);
  if (rmax !== null) r = ops.minimum(r, rmax);
  if (dmax !== null) d = ops.clip(d, -dmax, dmax);
  return { r: ops.stopGradient(r), d: ops.stopGradient(d) };
}

/** The deviations that belong to another initializer's variances. */
export class Deviations extends Initializer {
  static readonly className: string = "Deviations";
  readonly #variances: Initializer;

  constructor(variances: Initializer) {
    super();
    this.#variances = variances;
  }

  override initialize(shape: StaticShape, seed: number): Float32Array {
    return this.#variances.initialize(shape, seed).map(Math.sqrt);
  }
}
