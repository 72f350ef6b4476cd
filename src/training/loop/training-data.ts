import { OptionError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { valueText } from "../../core/value-text.js";
import { ArrayDataset, splitValidation } from "../../data/index.js";
import type { TensorsLike } from "../data/arrays.js";
import { type Given, isBatches, Source } from "../data/source.js";
import type { Trainer } from "../step/trainer.js";
import { buildFor } from "./build-for.js";
import type { ResolvedFit, ValidationData } from "./fit-options.js";

/** The data of one call of `fit`. */
export interface TrainingData {
  readonly training: Source;
  readonly validation: Source | null;
}

/**
 * @throws {OptionError} for data that contradicts the options, {ShapeError} for shapes that the model does not accept
 */
export async function trainingData(
  trainer: Trainer,
  given: Pick<Given, "x" | "y">,
  options: ResolvedFit,
): Promise<TrainingData> {
  const { network } = trainer;
  const where = `fit of ${network.label}`;
  const { sampleWeight, classWeight, validationSplit } = options;
  const whole = await buildFor(network, { ...given, sampleWeight, classWeight });
  const source = Source.of(network, where, whole, trainer.withLoss);
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
