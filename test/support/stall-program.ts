/**
 * Measures how long training stands still for a save: from the end of a step's hooks to the beginning of the next step,
 * with a save in between and without; and beside it a copy of as many bytes between warm buffers, in the same moments.
 * Then how much of the time saving takes when its interval is "auto". `node PROGRAM MEGABYTES SAVES SECONDS`, JSON out.
 */
export const STALL_PROGRAM: string = `
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { callbacks, layers, optimizers, random, Sequential, setRandomSeed } from "pawl";

const [megabytes, saves, seconds] = process.argv.slice(2).map(Number);
const width = Math.round(Math.sqrt((megabytes * 1e6) / 4));
setRandomSeed(1);
const x = random.normal([2, width], { seed: 1 });
const y = random.normal([2, 1], { seed: 2 });
const dir = mkdtempSync(tmpdir() + "/pawl-stall-");
const model = new Sequential([
  new layers.Dense(width, { inputShape: [width] }),
  new layers.Dense(1),
]);
model.compile({ optimizer: new optimizers.SGD({ learningRate: 1e-9 }), loss: "mse" });

const bytes = width * width * 4;
const from = new Uint8Array(new SharedArrayBuffer(bytes)).fill(1);
const to = new Uint8Array(new SharedArrayBuffer(bytes)).fill(2);
const copies = [];
const gaps = { saved: [], plain: [] };
const writes = [];
let end = 0;
let savedAt = 0;
const clock = new callbacks.LambdaCallback({
  onTrainBatchBegin(batch) {
    const now = performance.now();
    if (batch === 0) return;
    gaps[batch % 2 === 0 ? "saved" : "plain"].push(now - end);
    if (batch % 2 === 1) {
      const start = performance.now();
      to.set(from);
      copies.push(performance.now() - start);
    } else savedAt = end;
  },
  async onTrainBatchEnd(_batch, _logs, context) {
    await context.flush();
    if (savedAt > 0) writes.push(performance.now() - savedAt);
    savedAt = 0;
    end = performance.now();
  },
});
const common = { verbose: 0 };
const batches = (n) => function* () { for (let i = 0; i < n; i++) yield [x, y]; };
await model.fit(batches(2 * saves + 1), { ...common, epochs: 1, callbacks: [clock], run: { dir: dir + "/steps", every: { steps: 2 } } });

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const auto = { seconds: 0, saves: 0 };
if (seconds > 0) {
  const start = performance.now();
  const timer = new callbacks.LambdaCallback({
    onTrainBatchEnd() {
      if (performance.now() - start > seconds * 1000) model.stopTraining = true;
    },
  });
  await model.fit(batches(1e9), { epochs: 1, verbose: 0, callbacks: [timer], run: { dir: dir + "/auto", every: "auto" } });
  auto.seconds = (performance.now() - start) / 1000;
  auto.saves = Number(/-(\\d+)-/.exec(readdirSync(dir + "/auto").filter((name) => name.endsWith(".pawl")).at(-1))[1]);
}
rmSync(dir, { recursive: true });
const least = (list) => Math.min(...list);
const plain = median(gaps.plain);
const stall = { least: least(gaps.saved) - plain, median: median(gaps.saved) - plain };
const copy = { least: least(copies), median: median(copies) };
console.log(JSON.stringify({ megabytes: bytes / 1e6, stall, copy, write: median(writes), auto }));
`;
