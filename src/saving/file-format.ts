import { OptionError } from "../core/errors.js";
import type { Format } from "./formats/format.js";
import { endingsOf, type FileFormat, FORMATS } from "./formats/index.js";

/**
 * The format in which a whole model is written to this path.
 * @throws {OptionError} when the name has another ending, or that of weights
 */
export function modelFormat(path: string): FileFormat {
  // ".weights.h5" ends as a whole model does.
  const isWeights = FORMATS["weights.h5"].endings.some((ending) => path.endsWith(ending));
  const found = isWeights ? undefined : formatOf(path, "model");
  if (found !== undefined) return found;
  const fix = isWeights
    ? 'That ending is for weights alone: use saveWeights, or end the name in ".keras"'
    : 'End the name in ".keras", which everything of a model fits into';
  throw wrongEnding(path, [...endingsOf("model"), ".json"], "A whole model", fix);
}

/**
 * The format in which weights are written to this path.
 * @throws {OptionError} when the name has another ending
 */
export function weightsFormat(path: string): FileFormat {
  const found = formatOf(path, "weights");
  if (found !== undefined) return found;
  throw wrongEnding(path, endingsOf("weights"), "Weights", 'End the name in ".weights.h5"');
}

/** The first of those that hold this whose ending the name has. */
function formatOf(path: string, holds: Format["holds"]): FileFormat | undefined {
  const entries = Object.entries(FORMATS) as [FileFormat, Format][];
  return entries.find(
    ([, format]) => format.holds === holds && format.endings.some((each) => path.endsWith(each)),
  )?.[0];
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
