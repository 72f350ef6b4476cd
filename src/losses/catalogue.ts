export { BinaryCrossentropy, type BinaryCrossentropyOptions } from "./binary-crossentropy.js";
export { BinaryFocalCrossentropy, type BinaryFocalCrossentropyOptions } from "./binary-focal-crossentropy.js";
export { CategoricalCrossentropy, type CategoricalCrossentropyOptions } from "./categorical-crossentropy.js";
export {
  CategoricalFocalCrossentropy,
  type CategoricalFocalCrossentropyOptions,
} from "./categorical-focal-crossentropy.js";
export {
  CategoricalGeneralizedCrossEntropy,
  type CategoricalGeneralizedCrossEntropyOptions,
} from "./categorical-generalized-cross-entropy.js";
export { CategoricalHinge } from "./categorical-hinge.js";
export { Circle, type CircleOptions } from "./circle.js";
export { CosineSimilarity, type CosineSimilarityOptions } from "./cosine-similarity.js";
export { CTC } from "./ctc.js";
export { Dice, type DiceOptions } from "./dice.js";
export { Hinge } from "./hinge.js";
export { Huber, type HuberOptions } from "./huber.js";
export { KLDivergence } from "./kl-divergence.js";
export { LogCosh } from "./log-cosh.js";
export { MeanAbsoluteError } from "./mean-absolute-error.js";
export { MeanAbsolutePercentageError } from "./mean-absolute-percentage-error.js";
export { MeanSquaredError } from "./mean-squared-error.js";
export { MeanSquaredLogarithmicError } from "./mean-squared-logarithmic-error.js";
export { Poisson } from "./poisson.js";
export {
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from "./sparse-categorical-crossentropy.js";
export { SquaredHinge } from "./squared-hinge.js";
export { Tversky, type TverskyOptions } from "./tversky.js";
