import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";
import { crop } from "./crop.js";

export interface Cropping3DSettings {
  /** What is cut off at both ends. Default 1. */
  readonly cropping: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type Cropping3DOptions = Given<Cropping3DSettings, "cropping">;

/** Cuts off the ends of 3 spatial axes. */
export class Cropping3D extends TableLayer<Cropping3DSettings> {
  static override readonly className: string = "Cropping3D";
  static override readonly positional: readonly string[] = ["cropping"];
  static override readonly fields: Fields<Cropping3DSettings> = {
    cropping: bordersField(3),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };

  constructor(cropping: GivenBorders = 1, options: Cropping3DOptions = {}) {
    super({ cropping: cropping as Borders, ...options });
  }

  override call(x: Value): Value {
    const { cropping, dataFormat } = this.options;
    return crop(this, x, cropping, spatialAxes(5, dataFormat));
  }
}
