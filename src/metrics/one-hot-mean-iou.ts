import { bool, type Fields } from "../core/options.js";
import {
  allClasses,
  type ClassesOptions,
  classAxis,
  confusionFields,
  IoUBase,
  ignoreClass,
  numClasses,
  type SparsePredictions,
} from "./iou-base.js";

export interface OneHotMeanIoUOptions extends ClassesOptions, SparsePredictions {}

/** Intersection over union of one-hot labels and predicted scores: the mean of all classes that occur. */
export class OneHotMeanIoU extends IoUBase<OneHotMeanIoUOptions> {
  static override readonly className: string = "OneHotMeanIoU";
  static readonly fields: Fields<OneHotMeanIoUOptions> = {
    ...confusionFields(),
    numClasses,
    ignoreClass,
    sparseYPred: bool(false),
    axis: classAxis,
  };

  protected override reading(): ReturnType<IoUBase<OneHotMeanIoUOptions>["reading"]> {
    const all = allClasses(this.options.numClasses);
    return { ...this.options, targetClassIds: all, sparseYTrue: false };
  }
}
