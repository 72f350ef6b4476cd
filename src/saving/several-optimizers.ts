import { namedEntries, type StoredOptimizers } from "../training/run/all-optimizers.js";
import type { Contents } from "./read-description.js";

/**
 * The optimizers of a checkpoint as files have them: one in Keras's place, several in Pawl's own.
 * @param paths of the model's weights
 */
export function optimizersForFiles(
  stored: StoredOptimizers,
  paths: readonly string[],
): Pick<Contents, "optimizer" | "several"> {
  const { parts } = stored;
  if (parts === null || parts.length < 2) return { optimizer: namedEntries(stored), several: null };
  return { optimizer: [], several: { ...stored, parts, paths } };
}
