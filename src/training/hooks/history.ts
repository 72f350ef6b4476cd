import { panelsOf } from "../../charts/curves-svg.js";
import { drawingFor, type Plot, plotOf } from "../../charts/plot.js";
import { inspectAsText } from "../../core/inspect.js";
import { numberFromJson, numberToJson } from "../../core/json-number.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { general } from "../../core/python-number.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { commitFile } from "../../store/index.js";
import type { Logs } from "../state/logs.js";
import { Callback } from "./callback.js";

/** Most values in a row of the text; a longer list shows its first and last epochs. */
const IN_A_ROW = 8;

function row(values: readonly number[]): string {
  const text = (some: readonly number[]): string => some.map((value) => general(value, 4)).join(", ");
  if (values.length <= IN_A_ROW) return text(values);
  return `${text(values.slice(0, IN_A_ROW / 2))}, …, ${text(values.slice(-IN_A_ROW / 2))}`;
}

/** The lengths of a history's lists at some moment. */
export interface HistoryMark {
  readonly epochs: number;
  readonly lengths: Readonly<Record<string, number>>;
}

/** What `fit` returns: the logs of each epoch. One among the callbacks is the one that is filled and returned. */
export class History extends Callback {
  override readonly addsLogs: readonly string[] = [];
  /** Zero-based numbers of the epochs. */
  epoch: number[] = [];
  /** One list per log key. Lists of validation keys are shorter when not every epoch validates. */
  history: Record<string, number[]> = {};
  /** Whether the training was stopped by a signal, with its state saved. */
  interrupted = false;

  static {
    inspectAsText(History.prototype);
  }

  /** The logs by epoch, for a console. */
  override toString(): string {
    const lines = Object.entries(this.history).map(([key, values]) => `  ${key}: ${row(values)}`);
    const epochs = `${this.epoch.length} epoch${this.epoch.length === 1 ? "" : "s"}`;
    return [`History of ${epochs}${this.interrupted ? ", interrupted" : ""}`, ...lines].join("\n");
  }

  /**
   * Draws the logs by epoch: a panel for each value, training and validation together. As the last value of a notebook's
   * cell the drawing shows itself (Deno's kernel, Observable; in tslab: `display.svg(String(history.plot()))`).
   * @param path also writes it there: an SVG picture for ".svg", a page that needs nothing else for ".html"
   * @throws {OptionError} for a path that ends otherwise
   * @throws {StateError} when the file cannot be written
   */
  plot(): Plot;
  plot(path: FilePath): Promise<Plot>;
  plot(path?: FilePath): Plot | Promise<Plot> {
    const columns = Object.entries(this.history).map(([key, values]) => ({
      key,
      x: Float64Array.from(this.#epochsOf(key), (epoch) => epoch + 1),
      y: Float64Array.from(values),
    }));
    const plot = plotOf(panelsOf(columns), { title: "Training", axis: "epoch" });
    return path === undefined ? plot : writePlot(plot, path);
  }

  /** In which epochs there was a value, by key; unknown for those that came from a state. */
  readonly #validated = new Map<string, number[]>();

  /** The epochs of a key's values. Not every epoch validates; without more, it is every second, third or so. */
  #epochsOf(key: string): readonly number[] {
    const { length } = this.history[key]!;
    const known = this.#validated.get(key) ?? [];
    if (known.length === length) return known;
    const every = Math.max(1, Math.floor(this.epoch.length / length));
    return Array.from({ length }, (_, i) => this.epoch[every * (i + 1) - 1] ?? i);
  }

  /** What `JSON.stringify` writes. Numbers that JSON does not have (NaN, infinities) are null there. */
  toJSON(): Pick<History, "epoch" | "history" | "interrupted"> {
    return { epoch: this.epoch, history: this.history, interrupted: this.interrupted };
  }

  /** @internal Starts anew, for one that took part in a training before. */
  begin(): void {
    this.epoch = [];
    this.history = {};
    this.interrupted = false;
    this.#mark = null;
    this.#validated.clear();
  }

  #mark: HistoryMark | null = null;

  /** @internal */
  get mark(): HistoryMark {
    const epochs = this.epoch.length;
    if (this.#mark?.epochs !== epochs) {
      const lengths = Object.fromEntries(Object.entries(this.history).map(([key, values]) => [key, values.length]));
      this.#mark = { epochs, lengths };
    }
    return this.#mark;
  }

  /** @internal Drops what was there at the mark. */
  drop({ epochs, lengths }: HistoryMark): void {
    this.epoch = this.epoch.slice(epochs);
    for (const [key, length] of Object.entries(lengths)) {
      this.history[key] = this.history[key]!.slice(length);
      this.#validated.set(key, (this.#validated.get(key) ?? []).slice(length));
    }
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    this.epoch.push(epoch);
    for (const [key, value] of Object.entries(logs)) {
      const values = Object.hasOwn(this.history, key) ? this.history[key]! : [];
      values.push(value);
      this.history[key] = values;
      const epochs = this.#validated.get(key) ?? [];
      epochs.push(epoch);
      this.#validated.set(key, epochs);
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
    this.#validated.clear();
    this.history = Object.fromEntries(
      Object.entries(history).map(([key, values]) => [key, values.map((value) => numberFromJson(value))]),
    );
  }
}

async function writePlot(plot: Plot, path: FilePath): Promise<Plot> {
  const file = pathOf(path, "History.plot: path");
  await commitFile(nodeVfs(), file, new TextEncoder().encode(drawingFor(file, plot, "History.plot")));
  return plot;
}
