import { joinPath } from "../../src/core/paths.js";
import type { Json } from "../../src/core/stateful.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import type {
  Callback,
  CallbackContext,
  CallbackParams,
  SaveRequest,
  TrainingLayer,
  TrainingModel,
} from "../../src/training/hooks/callback.js";
import type { LogKey, Logs } from "../../src/training/state/logs.js";
import { eventPoints } from "../support/event-points.js";

/** The part of a model that callbacks use; its weight is the number of the epoch. */
export class FakeModel implements TrainingModel {
  readonly name = "fake";
  stopTraining = false;
  weight = 0;
  #rate = Math.fround(0.1);
  readonly optimizer: TrainingModel["optimizer"] & { iteration: number };
  /** The average of the weight, at first. */
  average = 0.5;

  constructor(hasSchedule = false) {
    this.optimizer = {
      name: "sgd",
      iteration: 0,
      hasSchedule,
      hasAverages: true,
      averagesSwapped: false,
      swapAverages: () => {
        [this.weight, this.average] = [this.average, this.weight];
        this.optimizer.averagesSwapped = !this.optimizer.averagesSwapped;
      },
      learningRate: {
        numpy: () => this.#rate,
        assign: (value: number) => {
          this.#rate = Math.fround(value);
        },
      },
    };
  }

  get layers(): readonly TrainingLayer[] {
    return [{ name: "one", weights: [{ path: "one/kernel" }], getWeights: () => this.getWeights() }];
  }

  toJSON(): { readonly [key: string]: Json } {
    return { class_name: "Sequential", config: { name: "fake", layers: [] } };
  }

  async getWeights(): Promise<Tensor[]> {
    return [new Tensor([this.weight])];
  }

  async setWeights(weights: readonly Tensor[]): Promise<void> {
    this.weight = Number(weights[0]!.data[0]);
  }
}

export const KEYS: readonly LogKey[] = [
  { key: "accuracy", direction: "max", batch: true },
  { key: "loss", direction: "min", batch: true },
  { key: "val_accuracy", direction: "max", batch: false },
  { key: "val_loss", direction: "min", batch: false },
];

export function paramsOf(changes: Partial<CallbackParams> = {}): CallbackParams {
  return { epochs: 5, initialEpoch: 0, steps: 3, verbose: 0, logs: KEYS, logsMayGrow: false, ...changes };
}

/** A context that records the messages and requests of callbacks. */
export class FakeContext implements CallbackContext {
  readonly files: Vfs;
  resumed: CallbackContext["resumed"] = null;
  readonly requests: SaveRequest[] = [];
  printed = "";
  readonly warnings: string[] = [];

  constructor(files: Vfs = memoryVfs()) {
    this.files = files;
  }

  requestSave(request: SaveRequest): void {
    this.requests.push(request);
  }

  async flush(): Promise<void> {}

  print(text: string): void {
    this.printed += text;
  }

  warn(text: string): void {
    this.warnings.push(text);
  }
}

/** The visible results of an epoch. */
export interface Seen {
  readonly learningRate: number;
  readonly logs: readonly string[];
  readonly saved: readonly string[];
  readonly stop: boolean;
}

export interface Outcome {
  readonly trace: readonly Seen[];
  readonly printed: string;
  readonly weight: number;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Feeds logs to a callback until it stops the training. With `resumeAt`, another callback replaces it before that epoch
 * and gets its state through JSON, as in a fresh process.
 */
export async function runCallback(
  make: () => Callback,
  epochs: readonly Logs[],
  { batches = 0, resumeAt = null }: { batches?: number; resumeAt?: number | null } = {},
): Promise<Outcome> {
  const model = new FakeModel();
  const context = new FakeContext();
  const saved: string[] = [];
  const trace: Seen[] = [];
  let callback = await begin(make, model, context, epochs.length);
  for (const [epoch, given] of epochs.entries()) {
    if (epoch === resumeAt) {
      const { json, tensors } = await callback.getState();
      context.resumed = { epoch };
      callback = await begin(make, model, context, epochs.length);
      await callback.setState({ json: JSON.parse(JSON.stringify(json)), tensors });
    }
    const logs = { ...given };
    await callback.onEpochBegin(epoch, {}, context);
    for (let batch = 0; batch < batches; batch++) {
      await callback.onTrainBatchBegin(batch, {}, context);
      model.optimizer.iteration++;
      await callback.onTrainBatchEnd(batch, { loss: logs["loss"]!, accuracy: logs["accuracy"]! }, context);
      await save(context, saved);
    }
    model.weight = epoch + 1;
    await callback.onEpochEnd(epoch, logs, context);
    await save(context, saved);
    trace.push({
      learningRate: model.optimizer.learningRate.numpy(),
      logs: Object.keys(logs).sort(),
      saved: [...saved],
      stop: model.stopTraining,
    });
    if (model.stopTraining) break;
  }
  await callback.onTrainEnd({}, context);
  const files = await textsOf(context.files, "");
  return { trace, printed: context.printed, weight: model.weight, files };
}

/** All files of a folder as texts; of event files, whose names and times differ from run to run, their points. */
async function textsOf(files: Vfs, folder: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  const events: Uint8Array[] = [];
  for (const name of await files.list(folder)) {
    const path = joinPath(folder, name);
    if ((await files.stat(path))?.kind === "folder") Object.assign(texts, await textsOf(files, path));
    else if (name.includes("tfevents")) events.push(await files.readFile(path));
    else texts[path] = recorded(name, new TextDecoder().decode(await files.readFile(path)));
  }
  if (events.length > 0) texts[joinPath(folder, "events")] = JSON.stringify(eventPoints(events));
  return texts;
}

/** Of a record, what does not depend on the clock, without the starts of processes. */
function recorded(name: string, text: string): string {
  if (!name.endsWith(".jsonl")) return text;
  const events = text
    .split("\n")
    .flatMap((line): { readonly event: string }[] => (line === "" ? [] : [JSON.parse(line)]));
  const clocks = new Set(["time", "seconds", "stepMs"]);
  return JSON.stringify(
    events.filter(({ event }) => event !== "start"),
    (key, value) => (clocks.has(key) ? undefined : value),
  );
}

async function begin(make: () => Callback, model: FakeModel, context: FakeContext, epochs: number): Promise<Callback> {
  const callback = make();
  callback.setParams(paramsOf({ epochs }));
  callback.setModel(model);
  await callback.onTrainBegin({}, context);
  return callback;
}

async function save(context: FakeContext, saved: string[]): Promise<void> {
  for (const { path, weightsOnly, saved: done } of context.requests.splice(0)) {
    saved.push((weightsOnly ? "weights:" : "") + path);
    await context.files.writeFile(path, new TextEncoder().encode(`file ${saved.length}`));
    await done?.();
  }
}
