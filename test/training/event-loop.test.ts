import { expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { emitProgram, runNode } from "../support/run-ts.js";

/** Trains while timers of 50 ms run one after the other, and prints how late each fired. */
const PROGRAM = `
import { callbacks, layers, random, Sequential } from "pawl";

const { units, batch, steps, shards } = JSON.parse(process.argv[2]);
const model = new Sequential([
  new layers.Dense(units, { activation: "relu", inputShape: [units] }),
  new layers.Dense(units, { activation: "relu" }),
  new layers.Dense(units, { activation: "relu" }),
  new layers.Dense(1),
]);
model.compile({ optimizer: "sgd", loss: "mse", shards });
const x = random.normal([batch * 4, units], { seed: 1 });
const y = random.normal([batch * 4, 1], { seed: 2 });

const late = [];
const times = [];
let start = 0;
let count = 0;
let running = true;
const tick = () => {
  const expected = performance.now() + 50;
  setTimeout(() => {
    late.push(performance.now() - expected);
    if (running) tick();
  }, 50);
};
const watch = new callbacks.LambdaCallback({
  onTrainBatchBegin: () => {
    start = performance.now();
    // The first steps compile, start threads and measure how long a step takes.
    if (++count === 4) tick();
  },
  onTrainBatchEnd: () => times.push(performance.now() - start),
});
await model.fit(x, y, { batchSize: batch, epochs: steps / 4, verbose: 0, callbacks: [watch] });
running = false;
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
console.log(JSON.stringify({ timers: late.length, late: median(late), step: median(times.slice(4)) }));
`;

async function lateness(settings: object): Promise<{ timers: number; late: number; step: number }> {
  const { code, stdout, stderr } = await runNode(emitProgram("event-loop", PROGRAM), scratch(), [
    JSON.stringify(settings),
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as { timers: number; late: number; step: number };
}

// Medians, because the machine may be busy with something else; a blocked loop is late most of the time.
test("timers fire on time during a step of some hundred milliseconds", { timeout: 120_000 }, async () => {
  const { timers, late, step } = await lateness({ units: 1024, batch: 1024, steps: 12, shards: 2 });
  expect(timers).toBeGreaterThan(8);
  expect(step).toBeGreaterThan(100);
  expect(late).toBeLessThan(20);
});

test("timers fire on time between small steps, which the calling thread computes", { timeout: 120_000 }, async () => {
  const { timers, late, step } = await lateness({ units: 16, batch: 16, steps: 6000, shards: 1 });
  expect(timers).toBeGreaterThan(8);
  expect(step).toBeLessThan(20);
  expect(late).toBeLessThan(20);
});
