import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import type { Model } from "../../src/model/index.js";

/** An array in a fixture. */
export interface JsonTensor {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
  readonly data: readonly number[];
}

/** One model that real Keras trained, saved and trained on (interop/fixtures/files.py). */
export interface KerasCase {
  readonly x: JsonTensor | readonly JsonTensor[];
  readonly y: JsonTensor | readonly JsonTensor[];
  readonly sampleWeight: JsonTensor | null;
  readonly classWeight: Readonly<Record<string, number>> | null;
  readonly validation: boolean;
  readonly batchSize: number;
  readonly firstEpoch: number;
  readonly lastEpoch: number;
  readonly iterations: number;
  readonly predictions: readonly JsonTensor[];
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly finalPredictions: readonly JsonTensor[];
  readonly endings: readonly string[];
}

const FILES = join(import.meta.dirname, "../fixtures/keras/files");

export const kerasCases: Readonly<Record<string, KerasCase>> = JSON.parse(
  readFileSync(join(FILES, "files.json"), "utf8"),
) as Record<string, KerasCase>;

export const kerasFile = (name: string): string => join(FILES, name);

export function toTensors(json: JsonTensor | readonly JsonTensor[]): Tensor | Tensor[] {
  return isList(json) ? json.map(toTensor) : toTensor(json);
}

function isList(json: JsonTensor | readonly JsonTensor[]): json is readonly JsonTensor[] {
  return Array.isArray(json);
}

export function toTensor({ data, shape, dtype }: JsonTensor): Tensor {
  return new Tensor(data, shape, dtype);
}

/** Largest difference relative to the largest expected magnitude; infinite when the numbers of elements differ. */
export function largestDifference(received: ArrayLike<number | bigint>, expected: ArrayLike<number>): number {
  if (received.length !== expected.length) return Number.POSITIVE_INFINITY;
  let scale = 1e-6;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(Number(received[i]) - expected[i]!) / scale;
    worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(worst, difference);
  }
  return worst;
}

/** A folder that is removed after the suite. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pawl-saving-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The complete state of a training, in a form that `toEqual` compares bit by bit. */
export function stateOf(model: Model): unknown {
  const { savable } = model;
  const plain = (tensor: Tensor): unknown => [tensor.dtype, tensor.shape, bitsOf(tensor)];
  const state = savable.getTrainState();
  return {
    weights: model.weights.map((weight) => plain(weight.read())),
    optimizer: savable.optimizer?.variables.map((entry) => [entry.name, plain(entry.read())]) ?? null,
    train:
      state === null
        ? null
        : [state.json, Object.entries(state.tensors).map(([name, tensor]) => [name, plain(tensor)])],
  };
}

function bitsOf({ data }: Tensor): string {
  if (Array.isArray(data)) return data.join("\n");
  const { buffer, byteOffset, byteLength } = data as Float32Array;
  return Buffer.from(buffer, byteOffset, byteLength).toString("hex");
}
