import { bool, type Fields } from "../core/options.js";
import {
  type ClassesOptions,
  classAxis,
  confusionFields,
  IoUBase,
  ignoreClass,
  numClasses,
  type SparseLabels,
  type SparsePredictions,
  type TargetClasses,
  targetClasses,
} from "./iou-base.js";

export interface IoUOptions extends ClassesOptions, TargetClasses, SparseLabels, SparsePredictions {}

/** Intersection over union of labels and predictions: the mean of some classes. By default both are class numbers. */
export class IoU extends IoUBase<IoUOptions> {
  static override readonly className: string = "IoU";
  static readonly fields: Fields<IoUOptions> = {
    ...confusionFields(),
    numClasses,
    targetClassIds: targetClasses(),
    ignoreClass,
    sparseYTrue: bool(true),
    sparseYPred: bool(true),
    axis: classAxis,
  };

  protected override reading(): IoU["options"] {
    return this.options;
  }
}
