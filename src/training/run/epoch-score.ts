import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { validatesAfter } from "../loop/fit-options.js";
import { decodeTrainState, type TrainState } from "../state/train-state.js";

type ValidationFreq = number | readonly number[];

/** The monitored value of the epoch that has just ended; null in mid-epoch, or when there is none. */
export function scoreOf({ batch, epoch, history }: TrainState, monitor: string, freq: ValidationFreq): number | null {
  if (batch > 0 || epoch === 0) return null;
  if (monitor.startsWith("val_") && !validatesAfter(epoch - 1, freq)) return null;
  return history.history[monitor]?.at(-1) ?? null;
}

/** The same from a checkpoint's header, which has no tensors; the history needs none. */
export function scoreIn(header: Json, monitor: string, freq: ValidationFreq): number | null {
  const train = isConfig(header) ? header["train"] : null;
  if (!isConfig(train)) return null;
  const bare = { ...train, metrics: [], carried: [], learned: [], callbacks: [], data: { json: null, tensors: [] } };
  return scoreOf(decodeTrainState({ json: bare, tensors: {} }), monitor, freq);
}
