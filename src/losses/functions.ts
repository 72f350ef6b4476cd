import { snakeCase } from "../core/names.js";
import type { Value } from "../graph/value.js";
import * as catalogue from "./catalogue.js";
import type { Loss, LossOptions } from "./loss.js";

/** A loss of each sample, as a function of targets and predictions in a graph; further options are those of the class. */
export type LossOf<O extends LossOptions> = (
  yTrue: Value,
  yPred: Value,
  options?: Omit<O, "name" | "reduction">,
) => Value;

const classes = new WeakMap<object, string>();

/** The class whose losses a function of this file gives; undefined for other functions. */
export function classOfFunction(fn: object): string | undefined {
  return classes.get(fn);
}

function functionOf<O extends LossOptions>(cls: { new (options: O): Loss<O>; readonly className: string }): LossOf<O> {
  const fn: LossOf<O> = (yTrue, yPred, options) =>
    new cls((options === undefined ? {} : options) as O).call(yTrue, yPred);
  classes.set(fn, cls.className);
  // As files and logs call it.
  Object.defineProperty(fn, "name", { value: snakeCase(cls.className) });
  return fn;
}

/** @see BinaryCrossentropy */
export const binaryCrossentropy: LossOf<catalogue.BinaryCrossentropyOptions> = functionOf(catalogue.BinaryCrossentropy);
/** @see BinaryFocalCrossentropy */
export const binaryFocalCrossentropy: LossOf<catalogue.BinaryFocalCrossentropyOptions> = functionOf(
  catalogue.BinaryFocalCrossentropy,
);
/** @see CategoricalCrossentropy */
export const categoricalCrossentropy: LossOf<catalogue.CategoricalCrossentropyOptions> = functionOf(
  catalogue.CategoricalCrossentropy,
);
/** @see CategoricalFocalCrossentropy */
export const categoricalFocalCrossentropy: LossOf<catalogue.CategoricalFocalCrossentropyOptions> = functionOf(
  catalogue.CategoricalFocalCrossentropy,
);
/** @see CategoricalGeneralizedCrossEntropy */
export const categoricalGeneralizedCrossEntropy: LossOf<catalogue.CategoricalGeneralizedCrossEntropyOptions> =
  functionOf(catalogue.CategoricalGeneralizedCrossEntropy);
/** @see CategoricalHinge */
export const categoricalHinge: LossOf<LossOptions> = functionOf(catalogue.CategoricalHinge);
/** @see Circle */
export const circle: LossOf<catalogue.CircleOptions> = functionOf(catalogue.Circle);
/** @see CosineSimilarity */
export const cosineSimilarity: LossOf<catalogue.CosineSimilarityOptions> = functionOf(catalogue.CosineSimilarity);
/** @see Dice */
export const dice: LossOf<catalogue.DiceOptions> = functionOf(catalogue.Dice);
/** @see Hinge */
export const hinge: LossOf<LossOptions> = functionOf(catalogue.Hinge);
/** @see Huber */
export const huber: LossOf<catalogue.HuberOptions> = functionOf(catalogue.Huber);
/** @see KLDivergence */
export const klDivergence: LossOf<LossOptions> = functionOf(catalogue.KLDivergence);
/** @see LogCosh */
export const logCosh: LossOf<LossOptions> = functionOf(catalogue.LogCosh);
/** @see MeanAbsoluteError */
export const meanAbsoluteError: LossOf<LossOptions> = functionOf(catalogue.MeanAbsoluteError);
/** @see MeanAbsolutePercentageError */
export const meanAbsolutePercentageError: LossOf<LossOptions> = functionOf(catalogue.MeanAbsolutePercentageError);
/** @see MeanSquaredError */
export const meanSquaredError: LossOf<LossOptions> = functionOf(catalogue.MeanSquaredError);
/** @see MeanSquaredLogarithmicError */
export const meanSquaredLogarithmicError: LossOf<LossOptions> = functionOf(catalogue.MeanSquaredLogarithmicError);
/** @see Poisson */
export const poisson: LossOf<LossOptions> = functionOf(catalogue.Poisson);
/** @see SparseCategoricalCrossentropy */
export const sparseCategoricalCrossentropy: LossOf<catalogue.SparseCategoricalCrossentropyOptions> = functionOf(
  catalogue.SparseCategoricalCrossentropy,
);
/** @see SquaredHinge */
export const squaredHinge: LossOf<LossOptions> = functionOf(catalogue.SquaredHinge);
/** @see Tversky */
export const tversky: LossOf<catalogue.TverskyOptions> = functionOf(catalogue.Tversky);
