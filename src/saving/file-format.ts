import { OptionError } from "../core/errors.js";
import type { FileFormat } from "./types.js";

const MODEL_ENDINGS = [".keras", ".h5", ".hdf5"] as const;
const WEIGHT_ENDINGS = [".weights.h5", ".h5", ".hdf5"] as const;

/**
 * The format in which a whole model is written to this path.
 * @throws {OptionError} when the name has another ending, or that of weights
 */
export function modelFormat(path: string): FileFormat {
  if (path.endsWith(".weights.h5")) {
    throw wrongEnding(
      path,
      MODEL_ENDINGS,
      "A whole model",
      'That ending is for weights alone: use saveWeights, or end the name in ".keras"',
    );
  }
  if (path.endsWith(".keras")) return "keras";
  if (path.endsWith(".h5") || path.endsWith(".hdf5")) return "h5";
  throw wrongEnding(
    path,
    MODEL_ENDINGS,
    "A whole model",
    'End the name in ".keras", which everything of a model fits into',
  );
}

/**
 * The format in which weights are written to this path.
 * @throws {OptionError} when the name has another ending
 */
export function weightsFormat(path: string): FileFormat {
  if (path.endsWith(".weights.h5")) return "weights.h5";
  if (path.endsWith(".h5") || path.endsWith(".hdf5")) return "legacy-weights";
  throw wrongEnding(path, WEIGHT_ENDINGS, "Weights", 'End the name in ".weights.h5"');
}

function wrongEnding(path: string, endings: readonly string[], what: string, fix: string): OptionError {
  const dot = path.lastIndexOf(".");
  const ending = dot > path.lastIndexOf("/") ? `"${path.slice(dot)}"` : "a name without ending";
  return new OptionError({
    code: "file-ending",
    what: `${what} cannot be saved to "${path}"`,
    received: ending,
    expected: `a name that ends in ${endings.map((item) => `"${item}"`).join(", ")}`,
    fix,
    data: { path, endings },
  });
}
