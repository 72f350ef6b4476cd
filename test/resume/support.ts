import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tensor } from "../../src/core/tensor.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import { Callback, type CallbackContext } from "../../src/training/hooks/callback.js";
import type { Logs } from "../../src/training/state/logs.js";

/** A new folder among the machine's temporary files. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), "pawl-"));
}

export const x: Tensor = random.normal([44, 6], { seed: 11 });
export const y: Tensor = random.integers(0, 3, [44], { seed: 12 });

/** All that makes resuming hard: dropout, noise, batch statistics, averages, partly accumulated gradients. */
export function build(): Sequential {
  const model = new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [6] }),
    new layers.BatchNormalization(),
    new layers.Dropout(0.3),
    new layers.GaussianNoise(0.1),
    new layers.Dense(3, { activation: "softmax" }),
  ]);
  compile(model);
  return model;
}

function compile(model: Model): void {
  model.compile({
    optimizer: new optimizers.Adam({
      learningRate: 0.01,
      useEma: true,
      emaMomentum: 0.9,
      gradientAccumulationSteps: 3,
      clipnorm: 1,
    }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
  });
}

/** The same as a class that holds its layers: one as its argument, the others in a list and in a class inside. */
export class Classed extends Model {
  static override readonly className = "Classed";
  readonly first: layers.Dense;
  readonly between: readonly [layers.BatchNormalization, readonly [layers.Dropout, layers.GaussianNoise]];
  readonly last: Ending = new Ending();

  constructor(first: layers.Dense) {
    super();
    this.first = first;
    this.between = [new layers.BatchNormalization(), [new layers.Dropout(0.3), new layers.GaussianNoise(0.1)]];
  }

  override call(input: Value): Value {
    const [normalized, [dropped, noisy]] = this.between;
    const row: readonly layers.Layer[] = [this.first, normalized, dropped, noisy, this.last];
    return row.reduce((value, layer) => layer.call(value), input);
  }
}

class Ending extends Model {
  static override readonly className = "Ending";
  readonly dense: layers.Dense = new layers.Dense(3, { activation: "softmax" });
  override call(input: Value): Value {
    return this.dense.call(input);
  }
}

export const CLASSES: Readonly<Record<string, unknown>> = { Classed: Classed, Ending: Ending };

export function buildClass(): Classed {
  const model = new Classed(new layers.Dense(8, { activation: "relu" }));
  compile(model);
  return model;
}

/** All bits of a model and its optimizer. */
export function digest(model: Model): string {
  const hash = createHash("sha256");
  const add = ({ data }: Tensor): void => {
    hash.update(
      new Uint8Array(
        (data as Float32Array).buffer,
        (data as Float32Array).byteOffset,
        (data as Float32Array).byteLength,
      ),
    );
  };
  for (const weight of model.weights) add(weight.read());
  for (const entry of model.optimizer.variables) add(entry.read());
  return hash.digest("hex");
}

/** Requests a file at every cut of a training: after each batch and after each epoch. */
export class SaveEverywhere extends Callback {
  readonly paths: string[] = [];
  readonly #folder: string;
  readonly #extension: string;
  #epoch = 0;

  constructor(folder: string, extension: string) {
    super();
    this.#folder = folder;
    this.#extension = extension;
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override onTrainBatchEnd(batch: number, _logs: Logs, context: CallbackContext): void {
    this.#save(`e${this.#epoch}-b${batch + 1}`, context);
  }

  override onEpochEnd(epoch: number, _logs: Logs, context: CallbackContext): void {
    this.#save(`e${epoch}-end`, context);
  }

  #save(name: string, context: CallbackContext): void {
    const path = join(this.#folder, `${name}${this.#extension}`);
    this.paths.push(path);
    const weightsOnly = isOfWeights(this.#extension);
    context.requestSave({ path, weightsOnly, overwrite: true, async: false });
  }
}

/** Whether files with this ending hold weights alone. */
export const isOfWeights = (extension: string): boolean => [".weights.h5", ".safetensors"].includes(extension);
