import { OptionError } from "../core/errors.js";
import { bool, type Field, type Fields, int, nullable, wrongOption } from "../core/options.js";
import { isPlainObject, valueText } from "../core/value-text.js";

export interface TensorBoardOptions {
  /** Write histograms of the weights after every n-th epoch. Default 0: never. */
  histogramFreq?: number;
  /** Whether to write the model's graph, and its config as text. Default true. */
  writeGraph?: boolean;
  /** Whether to write the weights as pictures too, where histograms are written. Default false. */
  writeImages?: boolean;
  /** Whether to write the steps a second. Default false. */
  writeStepsPerSecond?: boolean;
  /** n: write loss and metrics after every n-th batch too; "batch": after each. Default "epoch": after epochs alone. */
  updateFreq?: "epoch" | "batch" | number;
  /** There is no trace of XLA to write: only 0, the default. `PAWL_PROFILE` shows where the time goes. */
  profileBatch?: 0;
  /** Write the vectors of Embedding layers, and the weights, after every n-th epoch. Default 0: never. */
  embeddingsFreq?: number;
  /**
   * Path of a file with a label for each row of an Embedding, by the layer's name; a text: the same for all. Relative to
   * the folder of logs. Default null: none.
   */
  embeddingsMetadata?: string | { readonly [layer: string]: string } | null;
}

const updateFreq: Field<"epoch" | number> = {
  default: "epoch",
  parse(value, where) {
    if (value === "batch") return 1;
    if (value === "epoch" || (Number.isInteger(value) && (value as number) >= 1)) return value as "epoch" | number;
    throw wrongOption(where, '"epoch", "batch" or a number of batches', value);
  },
};

const profileBatch: Field<0> = {
  default: 0,
  parse(value, where) {
    if (value === 0) return 0;
    throw new OptionError({
      code: "no-xla-trace",
      what: `${where}: a step is no program of XLA here, so there is no trace of one to write`,
      received: valueText(value),
      expected: "0",
      fix: "Run the program with PAWL_PROFILE=1 for a table of where the time goes, or PAWL_PROFILE=trace.json for a trace that ui.perfetto.dev opens",
    });
  },
};

const embeddingsMetadata: Field<string | { readonly [layer: string]: string }> = {
  parse(value, where) {
    if (typeof value === "string") return value;
    if (isPlainObject(value) && Object.values(value).every((path) => typeof path === "string")) {
      return value as { readonly [layer: string]: string };
    }
    throw wrongOption(where, "a path, or an object of paths by layer", value);
  },
};

export const TENSOR_BOARD_FIELDS: Fields<
  Omit<TensorBoardOptions, "updateFreq"> & { readonly updateFreq?: "epoch" | number }
> = {
  histogramFreq: int({ min: 0 }, { default: 0 }),
  writeGraph: bool(true),
  writeImages: bool(false),
  writeStepsPerSecond: bool(false),
  updateFreq,
  profileBatch,
  embeddingsFreq: int({ min: 0 }, { default: 0 }),
  embeddingsMetadata: nullable(embeddingsMetadata),
};
