// What the record costs a training: the seed model's step with the steps that are recorded by default, and with none, in
// turns; best of each.
//
//   node bench/record/overhead.mjs [rounds] [epochs]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pawl from "../../dist/index.js";
import { build, tensors } from "../pawl-model.mjs";
import { definition } from "../protocol.mjs";

const [rounds = 7, epochs = 40] = process.argv.slice(2).map(Number);
const model = definition("seed");
const steps = 500;
const folder = mkdtempSync(join(tmpdir(), "pawl-overhead-"));

async function train(batches, round) {
  pawl.setRandomSeed(7);
  const trained = await build(pawl, model);
  const [x, y] = tensors(pawl, model, steps);
  const run = { dir: join(folder, `${batches}-${round}`), record: { batches } };
  const options = { batchSize: model.batch, verbose: 0, run };
  await trained.fit(x, y, { ...options, epochs: 1 });
  const start = performance.now();
  await trained.fit(x, y, { ...options, epochs: 1 + epochs });
  return (1000 * (performance.now() - start)) / (epochs * steps);
}

const best = { 0: Infinity, auto: Infinity };
for (let round = 0; round < rounds; round++) {
  for (const batches of round % 2 === 0 ? [0, "auto"] : ["auto", 0])
    best[batches] = Math.min(best[batches], await train(batches, round));
}
rmSync(folder, { recursive: true });
const share = best.auto / best[0] - 1;
console.log(
  `a step without recorded steps ${best[0].toFixed(2)} us, with them ${best.auto.toFixed(2)} us: ${(100 * share).toFixed(2)} %`,
);
