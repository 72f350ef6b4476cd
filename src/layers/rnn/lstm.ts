import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseRnn } from "./base-rnn.js";
import { LSTMCell, type LSTMCellSettings } from "./lstm-cell.js";
import { type OwnCellSettings, ownCell, ownCellFields, type RecurrenceSettings } from "./recurrent-settings.js";

export interface LSTMSettings extends LSTMCellSettings, RecurrenceSettings, OwnCellSettings {}

/** `S`: whether the layer gives its states too. */
export type LSTMOptions<S extends boolean = boolean> = Given<LSTMSettings, "units"> & { readonly returnState?: S };

/** What an LSTM gives: its output, with `returnState` a list of the output and the states h and c. */
export type LSTMResult<S extends boolean> = S extends true ? readonly [Value, Value, Value] : Value;

/**
 * Long short-term memory (Hochreiter & Schmidhuber 1997): (batch, steps, features) -> (batch, units), or (batch, steps,
 * units) with `returnSequences`; with `returnState` a list of that and the states h and c, (batch, units). Takes states
 * to begin with as `apply([x, h, c])`. Weights, those of its {@link LSTMCell}: kernel (features, 4 units),
 * recurrent_kernel (units, 4 units), bias (4 units).
 */
export class LSTM<S extends boolean = false> extends BaseRnn<LSTMSettings, LSTMResult<S>> {
  static override readonly className: string = "LSTM";
  static override readonly positional: readonly string[] = ["units"];
  static override readonly fields: Fields<LSTMSettings> = ownCellFields(LSTMCell.fields);

  override readonly cell: LSTMCell;

  constructor(units: number, options: LSTMOptions<S> = {}) {
    super(withArguments(new.target, { units }, options));
    this.cell = ownCell(LSTMCell, "lstm_cell", this);
  }
}
