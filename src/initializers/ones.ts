import { resolveOptions } from "../core/options.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import { Initializer } from "./initializer.js";

/** All 1. */
export class Ones extends Initializer {
  static readonly className = "Ones";
  static readonly fields = {};

  constructor(options?: object) {
    super(Ones.fields, resolveOptions("Ones", Ones.fields, options));
  }

  override initialize(shape: StaticShape, _seed?: number): Float32Array {
    return new Float32Array(sizeOf(shape)).fill(1);
  }
}
