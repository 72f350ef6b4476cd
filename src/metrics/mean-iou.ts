import { bool, type Fields } from "../core/options.js";
import {
  allClasses,
  type ClassesOptions,
  classAxis,
  confusionFields,
  IoUBase,
  ignoreClass,
  numClasses,
  type SparseLabels,
  type SparsePredictions,
} from "./iou-base.js";

export interface MeanIoUOptions extends ClassesOptions, SparseLabels, SparsePredictions {}

/** Intersection over union of labels and predictions: the mean of all classes that occur. */
export class MeanIoU extends IoUBase<MeanIoUOptions> {
  static override readonly className: string = "MeanIoU";
  static readonly fields: Fields<MeanIoUOptions> = {
    ...confusionFields(),
    numClasses,
    ignoreClass,
    sparseYTrue: bool(true),
    sparseYPred: bool(true),
    axis: classAxis,
  };

  protected override reading(): ReturnType<IoUBase<MeanIoUOptions>["reading"]> {
    return { ...this.options, targetClassIds: allClasses(this.options.numClasses) };
  }
}
