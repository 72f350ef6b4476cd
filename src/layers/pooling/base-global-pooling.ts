import { bool, type Fields } from "../../core/options.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type DataFormat, dataFormatField } from "../options/data-format.js";

export interface GlobalPoolSettings {
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
  /** Keeps the spatial axes, with size 1. Default false. */
  readonly keepdims: boolean;
}

export type GlobalPoolOptions = Given<GlobalPoolSettings>;

export const globalPoolFields: Fields<GlobalPoolSettings> = { dataFormat: dataFormatField(), keepdims: bool(false) };

/** A pooling over all of the spatial axes. */
export abstract class BaseGlobalPooling extends TableLayer<GlobalPoolSettings> {
  static override readonly fields: Fields<GlobalPoolSettings> = globalPoolFields;
  static override readonly traits: LayerTraits = { castsToFloat: true };

  protected abstract get spatialRank(): number;

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: this.spatialRank + 2 }];
  }
}
