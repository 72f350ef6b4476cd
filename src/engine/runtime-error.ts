import { EngineError } from "../core/errors.js";
import { idRange } from "../core/id-range.js";

/** ONNX Runtime's messages for an id outside the table: Gather's, and GatherElements', which has no numbers. */
const GATHER = /idx=(-?\d+) must be within the inclusive range \[-(\d+),/u;
const ELEMENTS = /gather_elements\.cc.*(?:Out of range value in index tensor|Index out of range)/su;

/** The error for a message of ONNX Runtime. Ids outside a table give the same error as in every other engine. */
export function runtimeError(what: string, text: string, cause: unknown = new Error(text)): EngineError {
  const [, id, size] = GATHER.exec(text) ?? [];
  // Negative ids are read as unsigned, for ONNX would count them from the end.
  if (id !== undefined) return idRange(Number(id) | 0, Number(size));
  if (ELEMENTS.test(text)) return idRange(null, null);
  return new EngineError({
    code: "onnxruntime",
    what,
    received: text,
    fix: "If model and data are as they should be, report this with the program that shows it",
    cause,
  });
}
