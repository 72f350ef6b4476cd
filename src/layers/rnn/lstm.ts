import { type Fields, wrongOption } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { Given } from "../base/given.js";
import { withArguments } from "../base/with-arguments.js";
import { absentField } from "../options/absent-field.js";
import { regularizerField } from "../options/fields.js";
import { BaseRnn } from "./base-rnn.js";
import { LSTMCell, type LSTMCellSettings } from "./lstm-cell.js";
import { type RecurrenceSettings, recurrenceFields } from "./recurrent-settings.js";

export interface LSTMSettings extends LSTMCellSettings, RecurrenceSettings {
  /** Default null: none. */
  readonly activityRegularizer: Regularizer | null;
  /** Kept for files of Keras 2: time is always the second axis here. Default false. */
  readonly timeMajor: false;
  /** Has no effect. Default "auto". */
  readonly useCudnn: boolean | "auto";
}

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
  static override readonly fields: Fields<LSTMSettings> = layerFields();

  override readonly cell: LSTMCell;

  constructor(units: number, options: LSTMOptions<S> = {}) {
    super(withArguments(new.target, { units }, options));
    const own = Object.entries(this.options).filter(([key]) => key !== "units" && Object.hasOwn(LSTMCell.fields, key));
    const { trainable, dtype } = this;
    this.cell = new LSTMCell(units, { ...Object.fromEntries(own), trainable, dtype, name: "lstm_cell" });
  }
}

/** The options of recurrence and cell, in Keras's order. */
function layerFields(): Fields<LSTMSettings> {
  const { units, activation, recurrentActivation, useBias, unitForgetBias, ...rest } = LSTMCell.fields;
  const { kernelInitializer, recurrentInitializer, biasInitializer, ...others } = rest;
  const { kernelRegularizer, recurrentRegularizer, biasRegularizer, ...last } = others;
  return {
    ...recurrenceFields,
    units,
    activation,
    recurrentActivation,
    useBias,
    kernelInitializer,
    recurrentInitializer,
    biasInitializer,
    unitForgetBias,
    kernelRegularizer,
    recurrentRegularizer,
    biasRegularizer,
    activityRegularizer: regularizerField(),
    ...last,
    timeMajor: { ...absentField(false, "sequences with the steps first"), transient: true },
    useCudnn: {
      default: "auto",
      transient: true,
      parse(value, where) {
        if (value === "auto" || typeof value === "boolean") return value;
        throw wrongOption(where, 'true, false or "auto"', value);
      },
      toConfig: (value) => value,
    },
  };
}
