import { ShapeError } from "../core/errors.js";
import type { Fields } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import { cast, ctcLoss, full, notEqual, sum } from "../ops/index.js";
import { Loss, type LossOptions, lossFields } from "./loss.js";

/**
 * Connectionist temporal classification (Graves et al. 2006): targets are classes from 1, (batch, labels), filled up with
 * 0, which is the blank; predictions are logits, (batch, steps, classes). All steps count.
 */
export class CTC extends Loss {
  static readonly className: string = "CTC";
  static readonly fields: Fields<LossOptions> = lossFields("ctc");

  /** @throws {ShapeError} for targets and predictions of other ranks */
  override call(yTrue: Value, yPred: Value): Value {
    if (yTrue.shape.length !== 2 || yPred.shape.length !== 3) {
      throw new ShapeError({
        code: "loss-shapes",
        what: `${this.name} needs the labels of each row beside the logits of each step`,
        received: `targets ${formatShape(yTrue.shape)} and predictions ${formatShape(yPred.shape)}`,
        expected: "(batch, labels) and (batch, steps, classes)",
        fix: "Fill up shorter rows of labels with 0",
      });
    }
    const labels = cast(yTrue, "int32");
    const lengths = sum(cast(notEqual(labels, 0), "int32"), { axes: -1 });
    const steps = full([yPred.shape[0]!], cast(yPred.shape[1]!, "int32"));
    return ctcLoss(labels, yPred, lengths, steps);
  }
}
