import type { Fields } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseRnn } from "./base-rnn.js";
import {
  ConvLSTM1DCell,
  ConvLSTM2DCell,
  ConvLSTM3DCell,
  type ConvLSTMCell,
  type ConvLSTMCellSettings,
} from "./conv-lstm-cell.js";
import { type OwnCellSettings, ownCell, ownCellFields, type RecurrenceSettings } from "./recurrent-settings.js";

export interface ConvLSTMSettings extends ConvLSTMCellSettings, RecurrenceSettings, OwnCellSettings {}

/** `S`: whether the layer gives its states too. */
export type ConvLSTMOptions<S extends boolean = boolean> = Given<ConvLSTMSettings, "filters" | "kernelSize"> & {
  readonly returnState?: S;
};

type CellClass = (new (...args: never[]) => ConvLSTMCell) & typeof ConvLSTM1DCell;

/** An LSTM whose products are convolutions, over any number of spatial axes. */
abstract class ConvLSTM<S extends boolean> extends BaseRnn<
  ConvLSTMSettings,
  S extends true ? readonly [Value, Value, Value] : Value
> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];
  static readonly cellClass: CellClass;

  override readonly cell: ConvLSTMCell;

  constructor(filters: number, kernelSize: number | readonly number[], options: ConvLSTMOptions<S> = {}) {
    super(withArguments(new.target, { filters, kernelSize }, options));
    this.cell = ownCell(new.target.cellClass, "conv_lstm_cell", this);
  }
}

/**
 * Convolutional LSTM (Shi et al. 2015) over sequences of lines, (batch, steps, size, channels) -> (batch, size, filters),
 * or with `returnSequences` (batch, steps, size, filters); with dataFormat "channels_first" channels come after the steps.
 */
export class ConvLSTM1D<S extends boolean = false> extends ConvLSTM<S> {
  static override readonly className: string = "ConvLSTM1D";
  static override readonly fields: Fields<ConvLSTMSettings> = ownCellFields(ConvLSTM1DCell.fields);
  static override readonly cellClass: CellClass = ConvLSTM1DCell;
}

/**
 * Convolutional LSTM (Shi et al. 2015) over sequences of images, (batch, steps, height, width, channels) -> (batch,
 * height, width, filters), or with `returnSequences` the same for all steps.
 */
export class ConvLSTM2D<S extends boolean = false> extends ConvLSTM<S> {
  static override readonly className: string = "ConvLSTM2D";
  static override readonly fields: Fields<ConvLSTMSettings> = ownCellFields(ConvLSTM2DCell.fields);
  static override readonly cellClass: CellClass = ConvLSTM2DCell;
}

/**
 * Convolutional LSTM (Shi et al. 2015) over sequences of volumes, (batch, steps, depth, height, width, channels) ->
 * (batch, depth, height, width, filters), or with `returnSequences` the same for all steps.
 */
export class ConvLSTM3D<S extends boolean = false> extends ConvLSTM<S> {
  static override readonly className: string = "ConvLSTM3D";
  static override readonly fields: Fields<ConvLSTMSettings> = ownCellFields(ConvLSTM3DCell.fields);
  static override readonly cellClass: CellClass = ConvLSTM3DCell;
}
