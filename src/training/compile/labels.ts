import { OptionError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import type { Loss } from "../../losses/index.js";
import type { CompiledMeasures } from "./measures.js";
import { missingTarget as lossWithoutTarget } from "./output-losses.js";
import { missingTarget as metricWithoutTarget } from "./output-metrics.js";

/** How messages name a model and its outputs. */
interface Labelled {
  readonly label: string;
  readonly outputNames: readonly string[];
}

/**
 * Checks all class indices of a batch or data set: an index out of range would select a wrong element, or none.
 * @param targets one entry per output
 * @throws {OptionError} that names the first wrong label
 */
export function checkLabels(network: Labelled, measures: CompiledMeasures, targets: readonly (Tensor | null)[]): void {
  checkPresent(network, measures, targets);
  for (const { output, loss, prediction } of measures.losses) {
    const classes = loss.classes(prediction);
    const tensor = targets[output];
    if (classes === null || !tensor) continue;
    const wrong = wrongLabel(tensor.data as ArrayLike<number | bigint>, classes, ignoredClass(loss));
    if (wrong < 0) continue;
    throw new OptionError({
      code: "label-range",
      what: `y of ${network.label}: the label at position ${wrong} is no class of output "${network.outputNames[output]}"`,
      received: String(tensor.data[wrong]),
      expected: `an integer from 0 to ${classes - 1}, as the output has ${classes} classes`,
      fix: "Number the classes from 0, or give the output more units",
      data: { position: wrong, classes },
    });
  }
}

/** Checks that targets are there: measures are made for data with targets, but later data may lack them. */
function checkPresent(
  { label, outputNames }: Labelled,
  measures: CompiledMeasures,
  targets: readonly (Tensor | null)[],
): void {
  for (const { output } of measures.losses) if (!targets[output]) throw lossWithoutTarget(label, outputNames[output]!);
  for (const { output } of measures.metrics) {
    if (!targets[output]) throw metricWithoutTarget(label, outputNames[output]!);
  }
}

function wrongLabel(data: ArrayLike<number | bigint>, classes: number, ignored: number | null): number {
  for (let i = 0; i < data.length; i++) {
    const label = Number(data[i]);
    if (!(label >= 0 && label < classes && Number.isInteger(label)) && label !== ignored) return i;
  }
  return -1;
}

function ignoredClass(loss: Loss): number | null {
  const { options } = loss as { options: { ignoreClass?: number | null } };
  return options.ignoreClass ?? null;
}
