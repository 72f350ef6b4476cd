import { type StaticShape, sizeOf } from "../core/shape.js";
import { Initializer } from "./initializer.js";

/** All 0. */
export class Zeros extends Initializer {
  static readonly className: string = "Zeros";
  static readonly fields = {};

  override initialize(shape: StaticShape, _seed?: number): Float32Array {
    return new Float32Array(sizeOf(shape));
  }
}
