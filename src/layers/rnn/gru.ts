import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseRnn } from "./base-rnn.js";
import { GRUCell, type GRUCellSettings } from "./gru-cell.js";
import { type OwnCellSettings, ownCell, ownCellFields, type RecurrenceSettings } from "./recurrent-settings.js";

export interface GRUSettings extends GRUCellSettings, RecurrenceSettings, OwnCellSettings {}

/** `S`: whether the layer gives its state too. */
export type GRUOptions<S extends boolean = boolean> = Given<GRUSettings, "units"> & { readonly returnState?: S };

/**
 * Gated recurrent units (Cho et al. 2014): (batch, steps, features) -> (batch, units), or (batch, steps, units) with
 * `returnSequences`; with `returnState` a list of that and the state, (batch, units). Takes a state to begin with as
 * `apply([x, h])`. Weights, those of its {@link GRUCell}: kernel (features, 3 units), recurrent_kernel (units, 3 units),
 * bias (2, 3 units), or (3 units) without `resetAfter`.
 */
export class GRU<S extends boolean = false> extends BaseRnn<
  GRUSettings,
  S extends true ? readonly [Value, Value] : Value
> {
  static override readonly className: string = "GRU";
  static override readonly positional: readonly string[] = ["units"];
  static override readonly fields: Fields<GRUSettings> = ownCellFields(GRUCell.fields);

  override readonly cell: GRUCell;

  constructor(units: number, options: GRUOptions<S> = {}) {
    super(withArguments(new.target, { units }, options));
    this.cell = ownCell(GRUCell, "gru_cell", this);
  }
}
