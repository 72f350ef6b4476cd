import { OptionError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { valueText } from "../../core/value-text.js";
import type { TensorsLike } from "./arrays.js";

/** Option names that are unlikely to be output names. */
const OPTIONS: readonly string[] = ["epochs", "batchSize", "verbose", "callbacks", "run", "resume", "steps"];

/** @throws {OptionError} for targets or weights beside data that brings its own */
export function checkAlone(
  where: string,
  given: { readonly x: unknown; readonly y?: unknown; readonly sampleWeight?: unknown },
): void {
  for (const key of ["y", "sampleWeight"] as const) {
    if (given[key] === undefined || given[key] === null) continue;
    throw new OptionError({
      code: "batches-with-arrays",
      what: `${where}: ${key} cannot be given beside data that comes in batches`,
      received: `x: ${valueText(given.x)}`,
      expected: "arrays, or data that brings everything with it",
      fix: key === "y" ? "Yield [x, y] from the data" : "Yield [x, y, sampleWeight] from the data",
    });
  }
}

/** Catches options passed as y, which would be read as targets by name. */
export function checkNoOptions(where: string, y: TensorsLike | null | undefined, outputs: readonly string[]): void {
  if (!isConfig(y)) return;
  const option = Object.keys(y).find((key) => OPTIONS.includes(key) && !outputs.includes(key));
  if (option === undefined) return;
  throw new OptionError({
    code: "options-as-targets",
    what: `${where} was given options in the place of y`,
    received: `an object with "${option}"`,
    fix: "Options come after the targets: (x, y, options)",
  });
}
