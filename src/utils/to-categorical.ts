import { OptionError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { type NestedData, Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";

/** Options of `toCategorical`. */
export interface ToCategoricalOptions {
  /** Number of classes, the length of the last axis. Default null: the largest label plus 1. */
  readonly numClasses?: number | null;
}

const FIELDS: Fields<ToCategoricalOptions> = { numClasses: nullable(int({ min: 1 })) };

/**
 * Labels as rows of zeros with a one at the label, for `categorical_crossentropy`: a new last axis of `numClasses`, in
 * place of one of length 1. As in Keras, float64 labels and the like are cut to integers.
 * @param x labels from 0 to `numClasses - 1`, of any shape
 * @throws {OptionError} for a label outside; Keras counts a negative one from the end
 */
export function toCategorical(
  x: NestedData | TensorLike | ArrayBufferView,
  options?: ToCategoricalOptions,
): Tensor<"float32"> {
  const { numClasses } = resolveOptions("toCategorical", FIELDS, options);
  const given = tensorFrom(x, "x of toCategorical", "float64");
  const labels = Array.from(given.data as Float64Array, Math.trunc);
  const classes = numClasses ?? labels.reduce((most, label) => Math.max(most, label), -1) + 1;
  const shape = given.shape.length > 1 && given.shape.at(-1) === 1 ? given.shape.slice(0, -1) : given.shape;
  const result = Tensor.zeros<"float32">([...shape, classes]);
  labels.forEach((label, row) => {
    if (!(label >= 0 && label < classes)) throw outside(label, row, numClasses);
    result.data[row * classes + label] = 1;
  });
  return result;
}

function outside(label: number, at: number, numClasses: number | null): OptionError {
  return new OptionError({
    code: "class-label",
    what: `x of toCategorical has a label that is no class`,
    received: `${label}, element ${at}`,
    expected: numClasses === null ? "whole numbers from 0" : `0 to ${numClasses - 1}, for numClasses: ${numClasses}`,
    fix: numClasses !== null && label >= numClasses ? `Give numClasses: ${label + 1}` : "Number the classes from 0",
  });
}
