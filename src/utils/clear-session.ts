import { resetNames } from "../core/names.js";

/**
 * Counts automatic names from the start again: the next Dense is "dense", as in a new program, so that models made one
 * after the other have equal names. Weights, registered classes and the seed stay as they are; memory is freed by itself.
 */
export function clearSession(): void {
  resetNames();
}
