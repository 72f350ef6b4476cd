import { OptionError } from "../core/errors.js";
import { nearest } from "../core/spelling.js";
import { get } from "../metrics/index.js";

/**
 * Whether a smaller or a larger value of a log key is better, by its name: losses, and the metrics of Pawl, also those of
 * validation and of one output ("val_out_accuracy").
 * @throws {OptionError} when the name does not tell
 */
export function directionOf(objective: string, mode: "auto" | "min" | "max"): "min" | "max" {
  if (mode !== "auto") return mode;
  if (/(^|_)loss$/u.test(objective)) return "min";
  const words = objective.replace(/^val_/u, "").split("_");
  for (let i = 0; i < words.length; i++) {
    const direction = metricDirection(words.slice(i).join("_"));
    if (direction !== null) return direction;
  }
  throw new OptionError({
    code: "monitor-direction",
    what: `sweep cannot tell whether more or less of "${objective}" is better`,
    fix: 'Pass mode: "max" or mode: "min"',
  });
}

function metricDirection(name: string): "min" | "max" | null {
  try {
    return get(name).direction;
  } catch {
    return null;
  }
}

/** The error for an objective that a training's logs do not have. */
export function missingObjective(objective: string, known: readonly string[]): OptionError {
  const guess = nearest(objective, known);
  const noValidation = objective.startsWith("val_") && known.includes(objective.slice(4));
  return new OptionError({
    code: "missing-monitor",
    what: `sweep looks for the best "${objective}", which the training does not have`,
    expected: `one of ${known.map((key) => `"${key}"`).join(", ")}`,
    fix: noValidation
      ? `Give fit validationData or validationSplit, or objective: "${objective.slice(4)}"`
      : guess === undefined
        ? "Compile the model with that metric, or let train return it: return { score }"
        : `Did you mean "${guess}"?`,
    data: { monitor: objective, known },
  });
}
