import { OptionError, ShapeError } from "../core/errors.js";
import { type Field, type Fields, int, nullable, oneOf, type Resolved, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { asFloat, EPSILON } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { type Direction, Metric, type MetricOptions, metricFields } from "./metric.js";
import { rowWeights } from "./samplewise.js";

/** What the intersections over unions share. */
export interface ConfusionOptions extends Omit<MetricOptions, "dtype"> {
  /**
   * What the confusion matrix is counted in, and weights with it: "int32" (the default, as in Keras) cuts weights down to
   * whole numbers.
   */
  readonly dtype?: "int32" | "float32";
}

/** Options of those that are told their classes. */
export interface ClassesOptions extends ConfusionOptions {
  /** Number of classes; labels and predictions outside 0 to numClasses - 1 are left out. */
  readonly numClasses: number;
  /** A class that does not count, e.g. 255 for "void". Default null: all count. */
  readonly ignoreClass?: number | null;
  /** Where the classes lie in labels and predictions that are not class numbers. Default -1. */
  readonly axis?: number;
}

export interface SparsePredictions {
  /**
   * Whether predictions are class numbers (true) or scores, of which the largest wins. Default true, and false of those for
   * one-hot labels.
   */
  readonly sparseYPred?: boolean;
}

export interface SparseLabels {
  /** Whether labels are class numbers (true) or scores, of which the largest wins. Default true. */
  readonly sparseYTrue?: boolean;
}

export interface TargetClasses {
  /** Classes whose mean is the result. */
  readonly targetClassIds: readonly number[];
}

export const targetClasses = (extra: Partial<Field<readonly number[]>> = {}): Field<readonly number[]> => ({
  ...extra,
  parse(value, where) {
    if (Array.isArray(value) && value.length > 0 && value.every((id) => Number.isInteger(id) && id >= 0)) return value;
    throw wrongOption(where, "a list of class numbers", value);
  },
});

/** The options that all of them have. Keras numbers the default name. */
export const confusionFields = (): Fields<ConfusionOptions> => ({
  name: metricFields(null).name,
  dtype: oneOf(["int32", "float32"], {
    default: "int32",
    // "int" is Keras's word for its backend's whole numbers: files of TensorFlow and PyTorch say int64. Rows fit int32.
    fromConfig: (json, where) =>
      json === "int" || json === "int64" ? "int32" : oneOf(["int32", "float32"]).parse(json, where),
  }),
});

export const numClasses: Field<number> = int({ min: 1 });
export const ignoreClass: Field<number | null> = nullable(int());
/** The numbers of all classes. */
export const allClasses = (count: number): readonly number[] => Array.from({ length: count }, (_, id) => id);
export const classAxis: Field<number> = int({}, { default: -1 });

/** How a leaf reads labels and predictions, and which classes its result is the mean of. */
interface Reading {
  readonly numClasses: number;
  readonly targetClassIds: readonly number[];
  readonly ignoreClass: number | null;
  readonly sparseYTrue: boolean;
  readonly sparseYPred: boolean;
  readonly axis: number;
}

/**
 * Counts labels against predictions in a confusion matrix. The result is the mean of
 * `true positives / (true positives + false positives + false negatives)` over the target classes that occur.
 */
export abstract class IoUBase<O extends ConfusionOptions> extends Metric<O & MetricOptions> {
  readonly direction: Direction = "max";
  readonly #reading: Reading = { ...this.reading() };
  readonly #dtype = (this.options as unknown as Resolved<ConfusionOptions>).dtype;
  readonly #counts: Variable = this.addVariable(
    "total_confusion_matrix",
    [this.#reading.numClasses, this.#reading.numClasses],
    this.#dtype,
  );

  protected abstract reading(): Reading;

  /** Predictions as the leaf takes them. */
  protected predictions(yPred: Value): Value {
    return yPred;
  }

  /** @throws {OptionError} for a target class that does not exist */
  constructor(...args: ConstructorParameters<typeof Metric<O & MetricOptions>>) {
    super(...args);
    const { targetClassIds, numClasses: classes } = this.#reading;
    const outside = targetClassIds.find((id) => id >= classes);
    if (outside === undefined) return;
    throw new OptionError({
      code: "target-class",
      what: `${(this.constructor as unknown as { readonly className: string }).className}.targetClassIds names a class that does not exist`,
      received: String(outside),
      expected: `0 to ${classes - 1}, as numClasses is ${classes}`,
      fix: "Raise numClasses, or name another class",
    });
  }

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value> {
    const { numClasses: classes, ignoreClass: ignored, sparseYTrue, sparseYPred, axis } = this.#reading;
    const numbers = (value: Value, sparse: boolean): Value =>
      flat(sparse ? ops.cast(value, "int32") : ops.argmax(value, axis));
    const labels = numbers(yTrue, sparseYTrue);
    const predictions = numbers(this.predictions(yPred), sparseYPred);
    if (labels.shape[0] !== predictions.shape[0]) throw this.#apart(yTrue, yPred);
    const inside = (ids: Value): Value => ops.logicalAnd(ops.greaterEqual(ids, 0), ops.less(ids, classes));
    const valid = ops.logicalAnd(inside(labels), inside(predictions));
    const counted = ignored === null ? valid : ops.logicalAnd(valid, ops.notEqual(labels, ignored));
    const places = ops.where(counted, ops.add(ops.multiply(labels, classes), predictions), 0);
    const weights =
      sampleWeight === null ? 1 : this.#weights(sampleWeight, sparseYTrue ? yTrue : labelsOf(yTrue, axis));
    const amounts = ops.where(counted, weights, ops.zerosLike(asFloat(places)));
    const batch = ops.allSum(ops.scatterAdd(places, amounts, classes * classes));
    const counts = ops.reshape(ops.cast(batch, this.#dtype), [classes, classes]);
    return new Map([[this.#counts, ops.add(this.#counts.value, counts)]]);
  }

  /** 0 where no target class occurs. */
  result(): number {
    const { numClasses: classes, targetClassIds } = this.#reading;
    const { data } = this.#counts;
    const at = (row: number, column: number): number => Number(data[row * classes + column]);
    let total = 0;
    let present = 0;
    for (const id of targetClassIds) {
      let union = -at(id, id);
      for (let other = 0; other < classes; other++) union += at(id, other) + at(other, id);
      if (union <= 1e-9) continue;
      present += 1;
      total += at(id, id) / (union + EPSILON);
    }
    return total / (present + EPSILON);
  }

  #apart(yTrue: Value, yPred: Value): ShapeError {
    const { sparseYPred } = this.#reading;
    return new ShapeError({
      code: "iou-shapes",
      what: `${this.name} needs one predicted class for each label`,
      received: `labels ${formatShape(yTrue.shape)}, predictions ${formatShape(yPred.shape)}`,
      fix: sparseYPred
        ? "For predictions of a score for each class, set sparseYPred: false"
        : "Give labels of the predictions' shape without their classes",
    });
  }

  /** One weight for each label; as whole numbers where the matrix is. */
  #weights(sampleWeight: Value, labels: Value): Value {
    const own = this.#dtype === "int32" ? asFloat(ops.cast(sampleWeight, "int32")) : asFloat(sampleWeight);
    return flat(ops.broadcastTo(rowWeights(own, labels), labels.shape));
  }
}

function flat(value: Value): Value {
  if (value.shape.length === 1) return value;
  return ops.reshape(value, [value.shape.reduce((size, dim) => size * dim, 1)]);
}

/** A value of the labels' shape once their classes are numbers. */
const labelsOf = (yTrue: Value, axis: number): Value => ops.argmax(yTrue, axis);
