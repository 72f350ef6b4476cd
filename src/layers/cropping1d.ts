import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { type Borders, bordersField, type GivenBorders } from "./borders-field.js";
import { crop } from "./crop.js";
import { spatialAxes } from "./data-format.js";
import type { Given } from "./given.js";
import type { InputSpec } from "./input-spec.js";
import { TableLayer } from "./table-layer.js";

export interface Cropping1DSettings {
  /** What is cut off at both ends. Default 1. */
  readonly cropping: Borders;
}

export type Cropping1DOptions = Given<Cropping1DSettings, "cropping">;

/** Cuts off the ends of 1 spatial axis. */
export class Cropping1D extends TableLayer<Cropping1DSettings> {
  static override readonly className: string = "Cropping1D";
  static override readonly positional: readonly string[] = ["cropping"];
  static override readonly fields: Fields<Cropping1DSettings> = {
    cropping: bordersField(1),
  };

  constructor(cropping: GivenBorders = 1, options: Cropping1DOptions = {}) {
    super({ cropping: cropping as Borders, ...options });
  }

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: 3 }];
  }

  override call(x: Value): Value {
    const { cropping } = this.options;
    return crop(this, x, cropping, spatialAxes(3, "channels_last"));
  }
}
