import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setRandomSeed } from "../../src/core/seed.js";
import * as layers from "../../src/layers/index.js";
import { Model } from "../../src/model/index.js";
import * as random from "../../src/model/random.js";
import { Input } from "../../src/network/index.js";
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
  const bytes = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
  const checkpoint = readdirSync(run.dir).find((name) => name.endsWith(".pawl"))!;
  return {
    h5: bytes(join(folder, "m.h5")),
    keras: bytes(join(folder, "m.keras")),
    weights: bytes(join(folder, "m.weights.h5")),
    checkpoint: bytes(join(run.dir, checkpoint)),
  };
}
