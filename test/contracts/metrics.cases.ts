import type * as catalogue from "../../src/metrics/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface MetricByHand {
  readonly labels: Nested;
  readonly predictions: Nested;
  readonly result: Nested;
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. A metric without a row does not compile.
 */
type Cases = {
  readonly [K in Exclude<keyof typeof catalogue, "MeanMetricWrapper">]: readonly Row<
    NonNullable<ConstructorParameters<(typeof catalogue)[K]>[0]>,
    MetricByHand
  >[];
};

export const metricCases: Cases = {
  Accuracy: [{}],
  AUC: [
    {},
    { numThresholds: 21, curve: "PR" },
    { numThresholds: 5, summationMethod: "minoring" },
    { numThresholds: 5, curve: "PR", summationMethod: "majoring" },
    { numThresholds: 11, curve: "PRGAIN" },
    { thresholds: [0.1, 0.35, 0.8] },
    { fromLogits: true, numThresholds: 50 },
    { multiLabel: true, numLabels: 3, numThresholds: 30 },
    { multiLabel: true, numThresholds: 10, labelWeights: [0.5, 0.2, 0.3], curve: "PR" },
    { labelWeights: [0.5, 0.2, 0.3], numThresholds: 20 },
    { multiLabel: true, thresholds: [0.3, 0.4, 0.9] },
    { numThresholds: 21 },
  ],
  BinaryAccuracy: [{}, { threshold: 0.7 }, {}],
  BinaryCrossentropy: [{}, { fromLogits: true, labelSmoothing: 0.1 }],
  CategoricalAccuracy: [{}],
  CategoricalCrossentropy: [{}, { labelSmoothing: 0.2 }],
  CategoricalHinge: [{}],
  CosineSimilarity: [{}, { axis: 1 }],
  F1Score: [{}, { average: "macro", threshold: 0.4 }, { average: "weighted" }],
  FalseNegatives: [{ thresholds: [0, 0.5, 1] }],
  FalsePositives: [{ thresholds: [0.2, 0.5, 0.9] }],
  FBetaScore: [
    { average: "micro", beta: 2 },
    { beta: 0.5, threshold: 0.3 },
  ],
  Hinge: [{}],
  KLDivergence: [{}],
  LogCoshError: [{}],
  Mean: [{}],
  MeanAbsoluteError: [{}],
  MeanAbsolutePercentageError: [{}],
  MeanSquaredError: [{}, {}, {}],
  MeanSquaredLogarithmicError: [{}],
  Poisson: [{}],
  Precision: [
    {},
    { thresholds: [0.25, 0.5, 0.8] },
    { topK: 2 },
    { classId: 1 },
    { topK: 1, classId: 2, thresholds: 0.3 },
  ],
  Recall: [
    {},
    { thresholds: [0, 0.25, 0.5, 0.75, 1] },
    { topK: 2 },
    { classId: 0, thresholds: 0.4 },
    { thresholds: Array.from({ length: 11 }, (_, i) => i / 10) },
  ],
  RootMeanSquaredError: [{}, {}],
  SparseCategoricalAccuracy: [{}, {}, {}],
  SparseCategoricalCrossentropy: [{}, { fromLogits: true }, { ignoreClass: 1 }],
  SparseTopKCategoricalAccuracy: [{ k: 2 }, { k: 3 }, { k: 1 }, { k: 2, fromSortedIds: true }],
  SquaredHinge: [{}],
  Sum: [{}],
  TopKCategoricalAccuracy: [{ k: 2 }],
  TrueNegatives: [{ thresholds: 0.3 }],
  TruePositives: [{}],
  ConcordanceCorrelation: [{}],
  PearsonCorrelation: [{}, { axis: 1 }],
  PrecisionAtRecall: [{ recall: 0.5, numThresholds: 20, classId: 1 }],
  R2Score: [{}, { classAggregation: null }, { classAggregation: "variance_weighted_average", numRegressors: 2 }],
  RecallAtPrecision: [{ precision: 0.6, numThresholds: 2 }, { precision: 0.5 }],
  SensitivityAtSpecificity: [
    { specificity: 0.5, numThresholds: 11 },
    { specificity: 0.4, numThresholds: 1 },
  ],
  SpecificityAtSensitivity: [{ sensitivity: 0.6 }],
  IoU: [
    { numClasses: 4, targetClassIds: [1, 3], sparseYPred: false },
    { numClasses: 4, targetClassIds: [0, 2] },
    { numClasses: 4, targetClassIds: [3], ignoreClass: 1, dtype: "float32" },
  ],
  BinaryIoU: [{}, { targetClassIds: [1], threshold: 0.3, dtype: "float32" }],
  MeanIoU: [
    { numClasses: 4, sparseYPred: false },
    { numClasses: 4 },
    { numClasses: 3, dtype: "float32", ignoreClass: 0 },
  ],
  OneHotIoU: [
    { numClasses: 4, targetClassIds: [0, 1] },
    { numClasses: 4, targetClassIds: [2], dtype: "float32" },
  ],
  OneHotMeanIoU: [{ numClasses: 4, ignoreClass: 2 }],
};
