// The program that every tool gets: trains in two shards on threads, over records that workers make, saves through the writing
// thread, loads, predicts.
import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layers, loadModel, random, data as records, Sequential, setRandomSeed } from "pawl";

/** Digest of what the trained and loaded model predicts: the same wherever the same engine runs. */
export async function main() {
  const folder = mkdtempSync(join(process.env.OUT ?? tmpdir(), "app-"));
  setRandomSeed(3);
  const model = new Sequential([
    new layers.Dense(16, { activation: "relu", inputShape: [8] }),
    new layers.Dropout(0.2),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer: "adam", loss: "mse", shards: 2 });
  const [x, y] = [random.normal([256, 8]), random.normal([256, 1])];
  const noisy = records
    .arrays({ x, y })
    .shuffle()
    .map((row, { random: noise }) => ({ x: row.x.map((value) => value + noise.uniform()), y: row.y }), { workers: 2 });
  await model.fit(noisy.batch(32), { epochs: 3, verbose: 0, run: join(folder, "run") });
  await model.save(join(folder, "model.keras"));
  const loaded = await loadModel(join(folder, "model.keras"));
  const { data } = await loaded.predict(x, { verbose: 0 });
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}
