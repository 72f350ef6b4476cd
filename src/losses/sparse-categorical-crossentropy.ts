import { ShapeError } from "../core/errors.js";
import { bool, type Fields, int, nullable } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Dims, Value } from "../graph/value.js";
import { cast, divide, log, logSoftmax, neg, notEqual, squeeze, sum, take, where } from "../ops/index.js";
import { LAST } from "./align.js";
import { clipProbability, logitsOf } from "./crossentropy.js";
import { Loss, type LossOptions, lossFields } from "./loss.js";

export interface SparseCategoricalCrossentropyOptions extends LossOptions {
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Class whose samples do not count, e.g. -1 or 255 in segmentation; null for none. Default null. */
  ignoreClass?: number | null;
}

/** Crossentropy of class indices: -log p of the right class. Classes are the last axis of the predictions. */
export class SparseCategoricalCrossentropy extends Loss<SparseCategoricalCrossentropyOptions> {
  static readonly className: string = "SparseCategoricalCrossentropy";
  static readonly fields: Fields<SparseCategoricalCrossentropyOptions> = {
    ...lossFields("sparse_categorical_crossentropy"),
    fromLogits: bool(false),
    ignoreClass: nullable(int()),
  };

  /** @throws {ShapeError} when targets do not have the predictions' shape without (or with 1 as) its last axis */
  override call(yTrue: Value, yPred: Value): Value {
    const ids = this.#ids(yTrue, yPred);
    const valid = this.#valid(ids);
    const safe = valid === null ? ids : where(valid, ids, cast(0, "int32"));
    const logits = logitsOf(yPred, "softmax", -1, this.options.fromLogits);
    // Dividing only the right class's value by the sum gives what dividing all of them would.
    const logP =
      logits === null
        ? log(clipProbability(divide(take(yPred, safe), sum(yPred, LAST))))
        : take(logSoftmax(logits, -1), safe);
    return valid === null ? neg(logP) : where(valid, neg(logP), 0);
  }

  override mask(yTrue: Value, yPred: Value): Value | null {
    return this.#valid(this.#ids(yTrue, yPred));
  }

  override classes(yPred: Dims): number | null {
    return yPred.at(-1) ?? null;
  }

  #valid(ids: Value): Value | null {
    const { ignoreClass } = this.options;
    return ignoreClass === null ? null : notEqual(ids, cast(ignoreClass, "int32"));
  }

  #ids(yTrue: Value, yPred: Value): Value {
    const rank = yPred.shape.length;
    const ids = yTrue.shape.length === rank && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue;
    if (ids.shape.length !== rank - 1 || ids.shape.some((dim, i) => dim !== yPred.shape[i])) {
      throw new ShapeError({
        code: "loss-shapes",
        what: `${this.name} needs one class index for each prediction`,
        received: `targets ${formatShape(yTrue.shape)}`,
        expected: formatShape(yPred.shape.slice(0, -1)),
        fix: "Give class indices from 0, or use CategoricalCrossentropy for one-hot targets",
      });
    }
    return ids.dtype === "int32" ? ids : cast(ids, "int32");
  }
}
