import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseRnn } from "./base-rnn.js";
import {
  type CellSettings,
  type OwnCellSettings,
  ownCell,
  ownCellFields,
  type RecurrenceSettings,
} from "./recurrent-settings.js";
import { SimpleRNNCell } from "./simple-rnn-cell.js";

export interface SimpleRNNSettings extends CellSettings, RecurrenceSettings, OwnCellSettings {}

/** `S`: whether the layer gives its state too. */
export type SimpleRNNOptions<S extends boolean = boolean> = Given<SimpleRNNSettings, "units"> & {
  readonly returnState?: S;
};

const { seed, ...cell } = SimpleRNNCell.fields;

/**
 * A plain recurrent layer, whose output is fed back as its state (Elman 1990): (batch, steps, features) -> (batch,
 * units), or (batch, steps, units) with `returnSequences`; with `returnState` a list of that and the state, (batch,
 * units). Takes a state to begin with as `apply([x, h])`. Weights, those of its {@link SimpleRNNCell}: kernel (features,
 * units), recurrent_kernel (units, units), bias (units).
 */
export class SimpleRNN<S extends boolean = false> extends BaseRnn<
  SimpleRNNSettings,
  S extends true ? readonly [Value, Value] : Value
> {
  static override readonly className: string = "SimpleRNN";
  static override readonly positional: readonly string[] = ["units"];
  static override readonly fields: Fields<SimpleRNNSettings> = ownCellFields({
    ...cell,
    seed: { ...seed, own: "takes the seed, and leaves it out of its files" },
  });

  override readonly cell: SimpleRNNCell;

  constructor(units: number, options: SimpleRNNOptions<S> = {}) {
    super(withArguments(new.target, { units }, options));
    this.cell = ownCell(SimpleRNNCell, "simple_rnn_cell", this);
  }
}
