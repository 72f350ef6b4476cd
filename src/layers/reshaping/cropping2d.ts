import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";
import { crop } from "./crop.js";

export interface Cropping2DSettings {
  /** What is cut off at both ends. Default 0. */
  readonly cropping: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type Cropping2DOptions = Given<Cropping2DSettings, "cropping">;

/** Cuts off the ends of 2 spatial axes. */
export class Cropping2D extends TableLayer<Cropping2DSettings> {
  static override readonly className: string = "Cropping2D";
  static override readonly positional: readonly string[] = ["cropping"];
  static override readonly fields: Fields<Cropping2DSettings> = {
    cropping: bordersField(2),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };

  constructor(cropping: GivenBorders = 0, options: Cropping2DOptions = {}) {
    super({ cropping: cropping as Borders, ...options });
  }

  override call(x: Value): Value {
    const { cropping, dataFormat } = this.options;
    return crop(this, x, cropping, spatialAxes(4, dataFormat));
  }
}
