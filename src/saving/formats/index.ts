import type { Format } from "./format.js";
import { h5, layerWeights, weightsH5 } from "./h5.js";
import { kerasArchive } from "./keras-archive.js";
import { safetensors } from "./safetensors.js";

/** The forms that models and weights are written in, as jobs of writing name them. */
export type FileFormat = "keras" | "h5" | "weights.h5" | "legacy-weights" | "safetensors";

/** A row for each; where several have an ending, the first that holds what is written is taken. */
export const FORMATS: Readonly<Record<FileFormat, Format>> = {
  keras: kerasArchive,
  h5,
  "weights.h5": weightsH5,
  "legacy-weights": layerWeights,
  safetensors,
};

/** The endings of files that hold a whole model, or weights alone. */
export const endingsOf = (holds: Format["holds"]): string[] =>
  Object.values(FORMATS).flatMap((format) => (format.holds === holds ? format.endings : []));
