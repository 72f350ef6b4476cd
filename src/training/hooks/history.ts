import { numberFromJson, numberToJson } from "../../core/json-number.js";
import type { Json, StateValue } from "../../core/stateful.js";
import type { Logs } from "../state/logs.js";
import { Callback } from "./callback.js";

/** What `fit` returns: the logs of each epoch. */
export class History extends Callback {
  override readonly addsLogs: readonly string[] = [];
  /** Zero-based numbers of the epochs. */
  epoch: number[] = [];
  /** One list a log key; lists of validation are shorter when not every epoch validates. */
  history: Record<string, number[]> = {};
  /** Whether the training was stopped by a signal, with its state saved. */
  interrupted = false;

  override onEpochEnd(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [key, value] of Object.entries(logs)) {
      const values = Object.hasOwn(this.history, key) ? this.history[key]! : [];
      values.push(value);
      this.history[key] = values;
    }
  }

  override getState(): StateValue {
    const history = Object.fromEntries(
      Object.entries(this.history).map(([key, values]) => [key, values.map(numberToJson)]),
    );
    return { json: { epoch: [...this.epoch], history }, tensors: {} };
  }

  override setState({ json }: StateValue): void {
    const { epoch, history } = json as { epoch: readonly number[]; history: Readonly<Record<string, readonly Json[]>> };
    this.epoch = [...epoch];
    this.history = Object.fromEntries(
      Object.entries(history).map(([key, values]) => [key, values.map((value) => numberFromJson(value))]),
    );
  }
}
