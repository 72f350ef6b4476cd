export { alignRanks } from "./align.js";
export * from "./catalogue.js";
export { FunctionLoss, type LossFunction } from "./function-loss.js";
export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  categoricalHinge,
  circle,
  cosineSimilarity,
  dice,
  hinge,
  huber,
  klDivergence,
  type LossOf,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
  tversky,
} from "./functions.js";
export { canonicalName, deserialize, get, type LossIdentifier, type LossName, register, serialize } from "./get.js";
export { Loss, type LossOptions, lossFields, PairLoss, type Reduction } from "./loss.js";
export { lossValue, reduceLoss } from "./reduce.js";
