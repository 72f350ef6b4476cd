import { OptionError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import type { Shape } from "../../core/shape.js";
import { tensorFrom } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import { ArrayDataset, splitValidation } from "../../data/index.js";
import type { Functional } from "../../network/index.js";
import { type ArrayLikeData, isOneArray, type TensorsLike } from "../data/arrays.js";
import { type Given, isBatches, Source } from "../data/source.js";
import type { Trainer } from "../step/trainer.js";
import type { ResolvedFit, ValidationData } from "./fit-options.js";

/** The data of one call of `fit`. */
export interface TrainingData {
  readonly training: Source;
  readonly validation: Source | null;
}

/**
 * @throws {OptionError} for data that contradicts the options, {ShapeError} for shapes that the model does not accept
 */
export function trainingData(trainer: Trainer, given: Pick<Given, "x" | "y">, options: ResolvedFit): TrainingData {
  const { network } = trainer;
  const where = `fit of ${network.label}`;
  buildFor(network, given.x);
  const { sampleWeight, classWeight, validationSplit } = options;
  const source = Source.of(network, where, { ...given, sampleWeight, classWeight }, trainer.withLoss);
  if (options.validationData !== null) {
    const validation = Source.of(
      network,
      `validationData of ${where}`,
      validationGiven(options.validationData, where),
      trainer.withLoss,
    );
    return { training: source, validation };
  }
  if (validationSplit === 0) return { training: source, validation: null };
  if (!(source.dataset instanceof ArrayDataset)) {
    throw new OptionError({
      code: "split-of-batches",
      what: `${where}: validationSplit needs arrays, and the data comes in batches`,
      received: `validationSplit: ${validationSplit}`,
      fix: "Give validationData instead",
    });
  }
  const { training, validation } = splitValidation(source.dataset, validationSplit);
  return { training: source.over(training), validation: source.over(validation, null) };
}

/** Builds a model without an input shape for the shape of the data. */
export function buildFor(network: Functional, x: Given["x"]): void {
  if (network.wired || isBatches(x) || !network.isCallable) return;
  const arrays = isOneArray(x, 1) ? [x as ArrayLikeData] : Object.values(x as Record<string, ArrayLikeData>);
  const where = `x of ${network.label}`;
  const shapes = arrays.map((array): Shape => [null, ...tensorFrom(array, where).shape.slice(1)]);
  network.ensureBuilt(shapes.map((shape) => (shape.length === 1 ? [null, 1] : shape)));
}

function validationGiven(given: ValidationData, where: string): Given {
  if (isBatches(given)) return { x: given };
  const list: unknown = given;
  if (Array.isArray(list) && (list.length === 2 || list.length === 3)) {
    const [x, y, sampleWeight] = list as [TensorsLike, TensorsLike, TensorsLike?];
    return { x, y, sampleWeight };
  }
  throw new OptionError({
    code: "validation-data",
    what: `${where}: validationData must be [x, y] or [x, y, sampleWeight], or a data set`,
    received: Array.isArray(list) ? `a list of ${list.length}` : valueText(list),
    expected: "x and y as in fit, and weights if there are any",
    fix: isConfig(list) && "x" in list ? "Write validationData: [x, y]" : "Make it a list of arrays",
  });
}
