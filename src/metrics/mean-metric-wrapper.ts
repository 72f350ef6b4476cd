import { OptionError } from "../core/errors.js";
import { type Fields, wrongOption } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** Compares labels and predictions with `ops`: one value for each row (or each leading element of a row). */
export type MetricFunction = (yTrue: Value, yPred: Value) => Value;

export interface MeanMetricWrapperOptions extends MetricOptions {
  /** Gives a value for each sample: (yTrue, yPred) -> (rows). */
  readonly fn: MetricFunction;
}

/** The mean of what a function says about each row. */
export class MeanMetricWrapper extends MeanOfValues<MeanMetricWrapperOptions> {
  static override readonly className: string = "MeanMetricWrapper";
  static readonly fields: Fields<MeanMetricWrapperOptions> = {
    ...metricFields(null),
    fn: {
      parse(value, where) {
        if (typeof value !== "function") throw wrongOption(where, "a function of labels and predictions", value);
        return value as MetricFunction;
      },
      toConfig: (fn) => ({
        module: "builtins",
        class_name: "function",
        config: fn.name,
        registered_name: fn.name,
      }),
      fromConfig(_json, where) {
        throw new OptionError({
          code: "metric-function",
          what: `${where}: no file holds the metric's function`,
          fix: "Give it in customObjects by its name, or load with { compile: false } and compile with the function again",
        });
      },
    },
  };
  readonly direction: Direction = null;

  constructor(options: MeanMetricWrapperOptions) {
    super(options);
    if (this.options.name === null && this.options.fn.name !== "") this.name = this.options.fn.name;
  }

  values(yTrue: Value, yPred: Value): Value {
    return this.options.fn(yTrue, yPred);
  }
}
