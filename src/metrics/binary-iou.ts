import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { type ConfusionOptions, confusionFields, IoUBase, type TargetClasses, targetClasses } from "./iou-base.js";

export interface BinaryIoUOptions extends ConfusionOptions, Partial<TargetClasses> {
  /** Predictions from it on are class 1. Default 0.5. */
  readonly threshold?: number;
}

/** Intersection over union of two classes, 0 and 1, that predictions are divided into at a threshold. */
export class BinaryIoU extends IoUBase<BinaryIoUOptions> {
  static override readonly className: string = "BinaryIoU";
  static readonly fields: Fields<BinaryIoUOptions> = {
    targetClassIds: targetClasses({ default: [0, 1] }),
    threshold: float({}, { default: 0.5 }),
    ...confusionFields(),
  };

  protected override reading(): ReturnType<IoUBase<BinaryIoUOptions>["reading"]> {
    const { targetClassIds } = this.options;
    return { numClasses: 2, targetClassIds, ignoreClass: null, sparseYTrue: true, sparseYPred: true, axis: -1 };
  }

  protected override predictions(yPred: Value): Value {
    return ops.cast(ops.greaterEqual(yPred, this.options.threshold), "int32");
  }
}
