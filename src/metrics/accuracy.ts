import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { alignRanks } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** How often a prediction equals its label exactly. `"accuracy"` in `compile` means another: see `resolve`. */
export class Accuracy extends MeanOfValues {
  static override readonly className: string = "Accuracy";
  static readonly fields: Fields<MetricOptions> = metricFields("accuracy");
  readonly direction: Direction = "max";

  values(yTrue: Value, yPred: Value): Value {
    const [labels, predictions] = alignRanks(ops.cast(yTrue, yPred.dtype), yPred);
    return ops.cast(ops.equal(labels, predictions), "float32");
  }
}
