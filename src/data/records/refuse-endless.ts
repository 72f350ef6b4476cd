import { OptionError } from "../../core/errors.js";
import type { Dataset } from "../dataset.js";

/**
 * Data without an end, where all of it is wanted.
 * @param where what takes it, e.g. `adapt of Normalization "norm"`
 * @param steps how many batches are wanted, by this option, if there is one; null: all
 * @throws {OptionError} for endless data without a number of batches
 */
export function refuseEndless(
  where: string,
  { endless }: Pick<Dataset, "endless">,
  steps: number | null,
  option: string | null = "steps",
): void {
  if (endless !== true || steps !== null) return;
  throw new OptionError({
    code: "endless-data",
    what: `${where} would never end: the data begins again after its last record`,
    received: "records with repeat()",
    expected: option === null ? "data with an end" : `data with an end, or ${option}`,
    fix: `${option === null ? "Say" : `Give ${option}: 100, say`} how often to repeat, repeat(2), or leave it out`,
  });
}
