import { ShapeError } from "../core/errors.js";
import { type Fields, float } from "../core/options.js";
import { formatShape, type StaticShape } from "../core/shape.js";
import { Initializer } from "./initializer.js";

export interface IdentityOptions {
  /** Factor of the matrix. Default 1. */
  gain?: number;
}

/** The identity matrix, times `gain`. Only for weights of two dimensions. */
export class Identity extends Initializer<IdentityOptions> {
  static readonly className: string = "Identity";
  static readonly fields: Fields<IdentityOptions> = { gain: float({}, { default: 1 }) };

  /** @throws {ShapeError} for weights that are not matrices */
  override checkShape(shape: StaticShape): void {
    if (shape.length === 2) return;
    throw new ShapeError({
      code: "initializer-rank",
      what: "Identity can only initialize matrices",
      received: `shape ${formatShape(shape)}`,
      expected: "2 dimensions",
    });
  }

  /** @throws {ShapeError} see {@link checkShape} */
  override initialize(shape: StaticShape, _seed?: number): Float32Array {
    this.checkShape(shape);
    const [rows, columns] = shape as readonly [number, number];
    const out = new Float32Array(rows * columns);
    for (let i = 0; i < Math.min(rows, columns); i++) out[i * columns + i] = this.options.gain;
    return out;
  }
}
