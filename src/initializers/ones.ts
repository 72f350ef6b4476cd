import { type StaticShape, sizeOf } from "../core/shape.js";
import { Initializer } from "./initializer.js";

/** All 1. */
export class Ones extends Initializer {
  static readonly className: string = "Ones";
  static readonly fields = {};

  override initialize(shape: StaticShape, _seed?: number): Float32Array {
    return new Float32Array(sizeOf(shape)).fill(1);
  }
}
