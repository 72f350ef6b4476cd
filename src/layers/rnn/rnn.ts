import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Given } from "../base/given.js";
import { layerField } from "../base/layer-field.js";
import { withArguments } from "../base/with-arguments.js";
import { BaseRnn } from "./base-rnn.js";
import { type Cell, isCell } from "./recurrent-cell.js";
import { type RecurrenceSettings, recurrenceFields } from "./recurrent-settings.js";
import { StackedRNNCells } from "./stacked-rnn-cells.js";

export interface RNNSettings extends RecurrenceSettings {
  /** What is repeated. */
  readonly cell: Cell;
}

/** `S`: whether the layer gives its states too. */
export type RNNOptions<S extends boolean = boolean> = Given<RecurrenceSettings> & { readonly returnState?: S };

const { toConfig, fromConfig } = layerField();
const cellField: Field<Cell> = {
  parse(value, where) {
    if (isCell(value)) return value;
    if (Array.isArray(value)) return new StackedRNNCells(value as Cell[]);
    throw wrongOption(where, "a cell, which is a layer with a stateSize, or a list of cells", value);
  },
  toConfig: toConfig as (cell: Cell) => ReturnType<typeof toConfig & object>,
  fromConfig: fromConfig as never,
};

/**
 * Repeats any cell along the steps of a sequence, (batch, steps, features): one of Pawl's, a class of your own (see
 * {@link Cell}), or a list of cells, each of which takes the output of the one before. Gives the last output, (batch,
 * size), or with `returnSequences` those of all steps; with `returnState` a list of that and the states of all cells.
 * Takes states to begin with as `apply([x, ...states])`.
 */
export class RNN<S extends boolean = false> extends BaseRnn<RNNSettings, S extends true ? readonly Value[] : Value> {
  static override readonly className: string = "RNN";
  static override readonly positional: readonly string[] = ["cell"];
  static override readonly fields: Fields<RNNSettings> = { ...recurrenceFields, cell: cellField };

  override readonly cell: Cell;

  /** @throws {OptionError} when it is given no cell */
  constructor(cell: Cell | readonly Cell[], options: RNNOptions<S> = {}) {
    super(withArguments(new.target, { cell }, options) as never);
    this.cell = this.options.cell;
  }
}
