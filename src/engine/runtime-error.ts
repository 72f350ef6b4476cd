import { EngineError } from "../core/errors.js";
import { idRange } from "../core/id-range.js";

/** What ONNX Runtime says of an id that Gather does not find, and of one that GatherElements does not: no number. */
const GATHER = /idx=(-?\d+) must be within the inclusive range \[-(\d+),/u;
const ELEMENTS = /gather_elements\.cc.*(?:Out of range value in index tensor|Index out of range)/su;

/** The error for what ONNX Runtime reports. Ids that do not exist are told as by every other engine. */
export function runtimeError(what: string, text: string, cause: unknown = new Error(text)): EngineError {
  const [, id, size] = GATHER.exec(text) ?? [];
  // Negative ids were moved below all that ONNX counts from the end.
  if (id !== undefined) return idRange(Number(id) < 0 ? Number(id) + Number(size) : Number(id), Number(size));
  if (ELEMENTS.test(text)) return idRange(null, null);
  return new EngineError({
    code: "onnxruntime",
    what,
    received: text,
    fix: "If model and data are as they should be, report this with the program that shows it",
    cause,
  });
}
