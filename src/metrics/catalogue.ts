export { Accuracy } from "./accuracy.js";
export { AUC, type AucOptions as AUCOptions } from "./auc.js";
export { BinaryAccuracy, type BinaryAccuracyOptions } from "./binary-accuracy.js";
export { BinaryCrossentropy, type BinaryCrossentropyOptions } from "./binary-crossentropy.js";
export { BinaryIoU, type BinaryIoUOptions } from "./binary-iou.js";
export { CategoricalAccuracy } from "./categorical-accuracy.js";
export { CategoricalCrossentropy, type CategoricalCrossentropyOptions } from "./categorical-crossentropy.js";
export { CategoricalHinge } from "./categorical-hinge.js";
export { ConcordanceCorrelation } from "./concordance-correlation.js";
export { CosineSimilarity, type CosineSimilarityOptions } from "./cosine-similarity.js";
export { F1Score } from "./f1-score.js";
export { FalseNegatives } from "./false-negatives.js";
export { FalsePositives } from "./false-positives.js";
export { type F1ScoreOptions, FBetaScore, type FBetaScoreOptions } from "./fbeta-score.js";
export { Hinge } from "./hinge.js";
export { IoU, type IoUOptions } from "./iou.js";
export { KLDivergence } from "./kl-divergence.js";
export { LogCoshError } from "./log-cosh-error.js";
export { Mean } from "./mean.js";
export { MeanAbsoluteError } from "./mean-absolute-error.js";
export { MeanAbsolutePercentageError } from "./mean-absolute-percentage-error.js";
export { MeanIoU, type MeanIoUOptions } from "./mean-iou.js";
export { MeanMetricWrapper, type MeanMetricWrapperOptions } from "./mean-metric-wrapper.js";
export { MeanSquaredError } from "./mean-squared-error.js";
export { MeanSquaredLogarithmicError } from "./mean-squared-logarithmic-error.js";
export { OneHotIoU, type OneHotIoUOptions } from "./one-hot-iou.js";
export { OneHotMeanIoU, type OneHotMeanIoUOptions } from "./one-hot-mean-iou.js";
export { PearsonCorrelation } from "./pearson-correlation.js";
export { Poisson } from "./poisson.js";
export { Precision } from "./precision.js";
export { PrecisionAtRecall, type PrecisionAtRecallOptions } from "./precision-at-recall.js";
export { R2Score, type R2ScoreOptions } from "./r2-score.js";
export { Recall } from "./recall.js";
export { RecallAtPrecision, type RecallAtPrecisionOptions } from "./recall-at-precision.js";
export { RootMeanSquaredError } from "./root-mean-squared-error.js";
export { SensitivityAtSpecificity, type SensitivityAtSpecificityOptions } from "./sensitivity-at-specificity.js";
export { SparseCategoricalAccuracy } from "./sparse-categorical-accuracy.js";
export {
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from "./sparse-categorical-crossentropy.js";
export {
  SparseTopKCategoricalAccuracy,
  type SparseTopKCategoricalAccuracyOptions,
} from "./sparse-top-k-categorical-accuracy.js";
export { SpecificityAtSensitivity, type SpecificityAtSensitivityOptions } from "./specificity-at-sensitivity.js";
export { SquaredHinge } from "./squared-hinge.js";
export { Sum } from "./sum.js";
export { TopKCategoricalAccuracy, type TopKCategoricalAccuracyOptions } from "./top-k-categorical-accuracy.js";
export { TrueNegatives } from "./true-negatives.js";
export { TruePositives } from "./true-positives.js";
