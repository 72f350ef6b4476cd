import { OptionError } from "../core/errors.js";
import { type Field, type Fields, float, wrongOption } from "../core/options.js";
import { nameField } from "./name-field.js";
import { LearningRateSchedule } from "./schedule.js";

export interface PiecewiseConstantDecayOptions {
  /** Rising steps; a value holds up to and including its boundary. Fractions are cut off, as Keras does. */
  readonly boundaries: readonly number[];
  /** One rate more than there are boundaries. */
  readonly values: readonly number[];
  /** Kept for files. Default: the name of the class. */
  readonly name?: string;
}

const numbers: Field<readonly number[]> = {
  parse(value, where) {
    if (!Array.isArray(value) || value.length === 0) throw wrongOption(where, "a list of numbers", value);
    return value.map((item) => float().parse(item, where));
  },
};

/** `values[0]` up to step `boundaries[0]`, then `values[1]` up to `boundaries[1]`, … */
export class PiecewiseConstantDecay extends LearningRateSchedule<PiecewiseConstantDecayOptions> {
  static override readonly className: string = "PiecewiseConstantDecay";
  static readonly fields: Fields<PiecewiseConstantDecayOptions> = {
    boundaries: numbers,
    values: numbers,
    name: nameField("PiecewiseConstant"),
  };

  constructor(options: PiecewiseConstantDecayOptions) {
    super(options);
    const { boundaries, values } = this.options;
    if (boundaries.length !== values.length - 1) {
      throw new OptionError({
        code: "piecewise-lengths",
        what: "PiecewiseConstantDecay needs one value more than boundaries",
        received: `${boundaries.length} boundaries and ${values.length} values`,
        expected: `${boundaries.length + 1} values`,
        fix: "Give the rate before the first boundary, one after each, and no other",
      });
    }
    if (boundaries.some((boundary, i) => i > 0 && boundary < boundaries[i - 1]!)) {
      throw wrongOption("PiecewiseConstantDecay.boundaries", "a list of rising steps", boundaries);
    }
  }

  at(step: number): number {
    const { boundaries, values } = this.options;
    const index = boundaries.findIndex((boundary) => step <= Math.trunc(boundary));
    return values[index < 0 ? values.length - 1 : index]!;
  }
}
