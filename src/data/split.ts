import { ShapeError } from "../core/errors.js";
import { wrongOption } from "../core/options.js";
import type { ArrayDataset } from "./array-dataset.js";

/**
 * Keras's `validation_split`: the last n - floor(n (1 - fraction)) samples in the given order, taken before any
 * shuffling.
 * @throws {ShapeError} when either side would be empty
 */
export function splitValidation(
  data: ArrayDataset,
  fraction: number,
): { readonly training: ArrayDataset; readonly validation: ArrayDataset } {
  if (!(fraction > 0 && fraction < 1)) throw wrongOption("validationSplit", "a number > 0 and < 1", fraction);
  const kept = Math.floor(data.rows * (1 - fraction));
  if (kept === 0 || kept === data.rows) {
    throw new ShapeError({
      code: "empty-split",
      what: `validationSplit ${fraction} of ${data.rows} samples leaves nothing for ${kept === 0 ? "training" : "validation"}`,
      fix: "Choose another fraction, or give validationData",
      data: { rows: data.rows, fraction },
    });
  }
  return { training: data.slice(0, kept), validation: data.slice(kept, data.rows) };
}
