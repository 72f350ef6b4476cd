import { bool, type Fields } from "../core/options.js";
import {
  type ClassesOptions,
  classAxis,
  confusionFields,
  IoUBase,
  ignoreClass,
  numClasses,
  type SparsePredictions,
  type TargetClasses,
  targetClasses,
} from "./iou-base.js";

export interface OneHotIoUOptions extends ClassesOptions, TargetClasses, SparsePredictions {}

/** Intersection over union of one-hot labels and predicted scores: the mean of some classes. */
export class OneHotIoU extends IoUBase<OneHotIoUOptions> {
  static override readonly className: string = "OneHotIoU";
  static readonly fields: Fields<OneHotIoUOptions> = {
    ...confusionFields(),
    numClasses,
    targetClassIds: targetClasses(),
    ignoreClass,
    sparseYPred: bool(false),
    axis: classAxis,
  };

  protected override reading(): ReturnType<IoUBase<OneHotIoUOptions>["reading"]> {
    return { ...this.options, sparseYTrue: false };
  }
}
