import { EngineError } from "./errors.js";

/**
 * The error for an id that names no row of its table (or no element of its axis), whichever engine computes.
 * @param id null where the engine does not tell
 */
export function idRange(id: number | null, size: number | null): EngineError {
  return new EngineError({
    code: "id-range",
    what: "An id lies outside of its table",
    ...(id === null ? {} : { received: String(id) }),
    expected: size === null ? "0 up to the size of the axis that is looked in, less 1" : `0 … ${size - 1}`,
    fix: "Check the integers that are fed as ids, or make the table larger",
    data: { id, size },
  });
}
