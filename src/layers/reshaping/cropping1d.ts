import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { spatialAxes } from "../options/data-format.js";
import { crop } from "./crop.js";

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
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };

  constructor(cropping: GivenBorders = 1, options: Cropping1DOptions = {}) {
    super({ cropping: cropping as Borders, ...options });
  }

  override call(x: Value): Value {
    const { cropping } = this.options;
    return crop(this, x, cropping, spatialAxes(3, "channels_last"));
  }
}
