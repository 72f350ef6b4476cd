import { EngineError } from "./errors.js";

/**
 * The error for an id outside its table (or axis), the same for every engine.
 * @param id null when the engine does not tell it
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
