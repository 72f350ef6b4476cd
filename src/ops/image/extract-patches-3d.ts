import type { Value } from "../../graph/index.js";
import type { Operand } from "../operand.js";
import { type ExtractPatchesOptions, patches } from "./extract-patches.js";

/** {@link extractPatches} for volumes: (batch, depth, height, width, channels). */
export function extractPatches3d(
  volumes: Operand,
  size: number | readonly number[],
  options?: ExtractPatchesOptions,
): Value {
  return patches("extractPatches3d", volumes, typeof size === "number" ? [size, size, size] : size, options);
}
