import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setRandomSeed } from "../../src/core/seed.js";
import { ReplayBuffer } from "../../src/data/index.js";
import { Variable } from "../../src/engine/index.js";
import * as layers from "../../src/layers/index.js";
import { Model, openRun } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as random from "../../src/random/index.js";
import type { GoodFiles } from "./fuzz-targets.js";

/** Trains a small model and saves it in every format. */
export async function makeGoodFiles(): Promise<GoodFiles> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-good-"));
  setRandomSeed(1);
  const x = Input({ shape: [3] });
  const hidden = new layers.Dense(4, { activation: "relu" }).apply(x) as ReturnType<typeof Input>;
  const dropped = new layers.Dropout(0.2).apply(new layers.BatchNormalization().apply(hidden)) as typeof hidden;
  const model = new Model(x, new layers.Dense(2).apply(dropped) as typeof hidden);
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  const run = { dir: join(folder, "run"), keep: 1 };
  await model.fit(random.normal([8, 3]), random.normal([8, 2]), { batchSize: 4, verbose: 0, run });
  await model.save(join(folder, "m.h5"));
  await model.save(join(folder, "m.keras"));
  await model.saveWeights(join(folder, "m.weights.h5"));
  await model.saveWeights(join(folder, "m.safetensors"));
  await model.save(join(folder, "m.json"));
  const parts = loopParts(model);
  const loop = await openRun(join(folder, "loop"), parts, { every: 1, keep: 1 });
  parts.memory.add({ state: [1, 2], done: true });
  parts.counters["seen"] = new Set([1, "two"]);
  await loop.commit({ loss: 0.5 });
  await loop.close();
  const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
  const checkpointIn = (dir: string): string => join(dir, readdirSync(dir).find((name) => name.endsWith(".pawl"))!);
  return {
    h5: bytes(join(folder, "m.h5")),
    keras: bytes(join(folder, "m.keras")),
    weights: bytes(join(folder, "m.weights.h5")),
    safetensors: bytes(join(folder, "m.safetensors")),
    tfjs: bytes(join(folder, "m.json")),
    tfjsWeights: bytes(join(folder, "m_00000.weights.bin")),
    tfjsState: bytes(join(folder, "m_00001.weights.bin")),
    checkpoint: bytes(checkpointIn(run.dir)),
    loop: bytes(checkpointIn(join(folder, "loop"))),
  };
}

/** What the loop of the good file holds, as it was before it. */
export function loopParts(model: Model): {
  readonly model: Model;
  readonly memory: ReplayBuffer<{ state: readonly [2]; done: { dtype: "bool" } }>;
  readonly counters: Record<string, unknown>;
  readonly scale: Variable;
} {
  return {
    model,
    memory: new ReplayBuffer({ capacity: 3, fields: { state: [2], done: { dtype: "bool" } } }),
    counters: { n: 1, list: [undefined, -0, 3n], array: new Float64Array([1, 2]) } as Record<string, unknown>,
    scale: new Variable({ name: "scale", shape: [2] }),
  };
}
