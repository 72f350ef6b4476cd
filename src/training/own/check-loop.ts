import type { StateValue } from "../../core/stateful.js";
import { decodeModel } from "../run/model-state.js";
import { decodeLoopState } from "./loop-state.js";

/** Reads all of a loop's checkpoint that can be read without its objects. @throws {FormatError} where it cannot */
export function checkLoop(value: StateValue): void {
  for (const { kind, value: part } of decodeLoopState(value).parts) if (kind === "model") decodeModel(part);
}
