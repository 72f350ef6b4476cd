import { ShapeError } from "../../core/errors.js";
import type { Fields } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { type Borders, bordersField, type GivenBorders } from "../options/borders-field.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface Cropping1DSettings {
  /** Elements to cut off at both ends. Default 1. */
  readonly cropping: Borders;
}

export interface Cropping2DSettings {
  /** Elements to cut off at both ends of each axis. Default 0. */
  readonly cropping: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export interface Cropping3DSettings {
  /** Elements to cut off at both ends of each axis. Default 1. */
  readonly cropping: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export type Cropping1DOptions = Given<Cropping1DSettings, "cropping">;
export type Cropping2DOptions = Given<Cropping2DSettings, "cropping">;
export type Cropping3DOptions = Given<Cropping3DSettings, "cropping">;

abstract class Cropping<S extends Cropping1DSettings & { readonly dataFormat?: DataFormat }> extends TableLayer<S> {
  static override readonly positional: readonly string[] = ["cropping"];

  override call(x: Value, _context?: CallContext): Value {
    const { cropping, dataFormat = "channels_last" } = this.options;
    return spatialAxes(x.shape.length, dataFormat).reduce((value, axis, i) => {
      const [before, after] = cropping[i]!;
      const size = x.shape[axis]!;
      if (before + after < size) return ops.slice(value, axis, before, size - after);
      throw new ShapeError({
        code: "cropping",
        what: `${this.label} cuts off ${before + after} of ${size} elements of axis ${axis}`,
        received: formatShape(x.shape),
        fix: "Crop less than the input is long",
        data: { layer: this.name },
      });
    }, x);
  }
}

/** Cuts off the ends of 1 spatial axis. */
export class Cropping1D extends Cropping<Cropping1DSettings> {
  static override readonly className: string = "Cropping1D";
  static override readonly fields: Fields<Cropping1DSettings> = { cropping: bordersField(1) };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };

  constructor(cropping: GivenBorders = 1, options: Cropping1DOptions = {}) {
    super(withArguments(new.target, { cropping: cropping as Borders }, options));
  }
}

/** Cuts off the ends of 2 spatial axes. */
export class Cropping2D extends Cropping<Cropping2DSettings> {
  static override readonly className: string = "Cropping2D";
  static override readonly fields: Fields<Cropping2DSettings> = {
    cropping: bordersField(2),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };

  constructor(cropping: GivenBorders = 0, options: Cropping2DOptions = {}) {
    super(withArguments(new.target, { cropping: cropping as Borders }, options));
  }
}

/** Cuts off the ends of 3 spatial axes. */
export class Cropping3D extends Cropping<Cropping3DSettings> {
  static override readonly className: string = "Cropping3D";
  static override readonly fields: Fields<Cropping3DSettings> = {
    cropping: bordersField(3),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };

  constructor(cropping: GivenBorders = 1, options: Cropping3DOptions = {}) {
    super(withArguments(new.target, { cropping: cropping as Borders }, options));
  }
}
