import type { Fields } from "../../core/options.js";
import { int, oneOf } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Interpolation } from "../../ops/image/index.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { perAxisField } from "../options/conv-settings.js";
import { type DataFormat, dataFormatField, spatialAxes } from "../options/data-format.js";

export interface UpSampling1DSettings {
  /** How often each step is repeated. Default 2. */
  readonly size: number;
}

export interface UpSampling3DSettings {
  /** How often each element is repeated along each spatial axis. Default 2. */
  readonly size: readonly number[];
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

export interface UpSampling2DSettings extends UpSampling3DSettings {
  /** How pixels between pixels are computed. Default "nearest": each is repeated. */
  readonly interpolation: Interpolation;
}

export type UpSampling1DOptions = Given<UpSampling1DSettings, "size">;
export type UpSampling2DOptions = Given<UpSampling2DSettings, "size">;
export type UpSampling3DOptions = Given<UpSampling3DSettings, "size">;

/** Repeats each step: (batch, steps, channels) -> (batch, size * steps, channels). */
export class UpSampling1D extends TableLayer<UpSampling1DSettings> {
  static override readonly className: string = "UpSampling1D";
  static override readonly positional: readonly string[] = ["size"];
  static override readonly fields: Fields<UpSampling1DSettings> = { size: int({ min: 1 }) };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 3 }] };

  constructor(size = 2, options: UpSampling1DOptions = {}) {
    super(withArguments(new.target, { size }, options));
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.repeat(x, this.options.size, 1);
  }
}

abstract class UpSampling<S extends UpSampling3DSettings> extends TableLayer<S> {
  static override readonly positional: readonly string[] = ["size"];

  constructor(size: number | readonly number[] = 2, options: Given<S, "size"> = {}) {
    super(withArguments(new.target, { size }, options) as Given<S>);
  }

  override call(x: Value, _context?: CallContext): Value {
    const { size, dataFormat } = this.options;
    return spatialAxes(x.shape.length, dataFormat).reduce((value, axis, i) => ops.repeat(value, size[i]!, axis), x);
  }
}

/** Repeats each element along 2 spatial axes, or makes images larger in another way. */
export class UpSampling2D extends UpSampling<UpSampling2DSettings> {
  static override readonly className: string = "UpSampling2D";
  static override readonly fields: Fields<UpSampling2DSettings> = {
    size: perAxisField(2),
    dataFormat: dataFormatField(),
    interpolation: oneOf(["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"], { default: "nearest" }),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 4 }] };

  override call(x: Value, context?: CallContext): Value {
    const { size, dataFormat, interpolation } = this.options;
    if (interpolation === "nearest") return super.call(x, context);
    const [height, width] = spatialAxes(4, dataFormat).map((axis, i) => x.shape[axis]! * size[i]!);
    return ops.image.resize(x, [height!, width!], { interpolation, dataFormat });
  }
}

/** Repeats each element along 3 spatial axes. */
export class UpSampling3D extends UpSampling<UpSampling3DSettings> {
  static override readonly className: string = "UpSampling3D";
  static override readonly fields: Fields<UpSampling3DSettings> = {
    size: perAxisField(3),
    dataFormat: dataFormatField(),
  };
  static override readonly traits: LayerTraits = { inputSpecs: [{ rank: 5 }] };
}
