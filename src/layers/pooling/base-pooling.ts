import { type Fields, nullable, oneOf } from "../../core/options.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { perAxisField } from "../options/conv-settings.js";
import { type DataFormat, dataFormatField } from "../options/data-format.js";

export interface PoolSettings {
  /** Size of the window, an entry a spatial axis. Default 2. */
  readonly poolSize: readonly number[];
  /** "same" lets windows reach over the edge, where nothing counts. Default "valid". */
  readonly padding: "valid" | "same";
  /** Default: the window, so that windows do not overlap. */
  readonly strides: readonly number[] | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat;
}

/** The option table of a pooling over `rank` spatial axes, in Keras's order. */
export function poolFields(rank: number): Fields<PoolSettings> {
  return {
    poolSize: perAxisField(rank, 2),
    padding: oneOf(["valid", "same"], { default: "valid" }),
    strides: nullable(perAxisField(rank)),
    dataFormat: dataFormatField(),
  };
}

export type PoolOptions = Given<PoolSettings, "poolSize">;

/** A pooling over windows. Keras writes strides that were not given as the window. */
export abstract class BasePooling extends TableLayer<PoolSettings> {
  static override readonly positional: readonly string[] = ["poolSize"];
  static override readonly traits: LayerTraits = { castsToFloat: true };

  constructor(poolSize: number | readonly number[] = 2, options: PoolOptions = {}) {
    super({ poolSize, ...options });
  }

  protected abstract get spatialRank(): number;

  override get inputSpecs(): readonly InputSpec[] {
    return [{ rank: this.spatialRank + 2 }];
  }

  override getConfig(): ReturnType<TableLayer<PoolSettings>["getConfig"]> {
    const { poolSize, strides } = this.options;
    return { ...super.getConfig(), strides: [...(strides ?? poolSize)] };
  }
}
