import { FormatError } from "../../core/errors.js";
import { memorySize } from "../../core/human.js";

/** Small layers that do not fit a file are better told apart by their shapes, which comes later. */
const SLACK = 2 ** 20;

let budget: { left: number; readonly bytes: number; readonly where: string } | null = null;

/**
 * Runs `body`, which makes layers from a file's config, and lets their weights take no more memory than the weights in
 * the file (and 1 MiB): a config of a few bytes can ask for a layer of any size.
 * @param bytes that the file's weights take
 */
export function withWeightBudget<T>(bytes: number, where: string, body: () => T): T {
  const outer = budget;
  budget = { left: bytes + SLACK, bytes, where };
  try {
    return body();
  } finally {
    budget = outer;
  }
}

/**
 * Counts a weight that is about to be made.
 * @throws {FormatError} when the budget, if there is one, does not cover it
 */
export function spendWeight(bytes: number, layer: string): void {
  if (budget === null) return;
  budget.left -= bytes;
  if (budget.left >= 0) return;
  throw new FormatError({
    code: "weights-missing",
    what: `${budget.where}: the architecture has more weights than the file holds, first ${layer}`,
    received: `weights of ${memorySize(budget.bytes)}`,
    fix: "The file is damaged or made up: use another one",
  });
}
