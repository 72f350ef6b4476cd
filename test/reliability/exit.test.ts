import { describe, expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { emitProgram, runNode } from "../support/run-ts.js";

/** Exits this many milliseconds after a short training whose threads may not have started yet. */
const PROGRAM = `
import { layers, random, Sequential } from "pawl";
const model = new Sequential([new layers.Dense(8, { inputShape: [6] }), new layers.Dense(1)]);
model.compile({ optimizer: "adam", loss: "mse", shards: 4 });
await model.fit(random.normal([32, 6], { seed: 1 }), random.normal([32, 1], { seed: 2 }), { batchSize: 16, verbose: 0 });
const end = performance.now() + Number(process.argv[2]);
while (performance.now() < end);
if (process.argv[3] !== undefined) process.exit(Number(process.argv[3]));
`;

describe("a process that ends while its threads start", () => {
  test.each([
    ["by itself", 0, []],
    ["with process.exit", 7, ["7"]],
  ])("ends well, %s", async (_, code, args) => {
    const file = emitProgram("exit", PROGRAM);
    // In parallel: a busy machine starts threads slowly. Before exit waited for threads, 1 of 25 such processes
    // aborted.
    const ends = Array.from({ length: 12 }, (_, i) => i * 5);
    const finished = await Promise.all(ends.map((end) => runNode(file, scratch(), [String(end), ...args])));
    expect(finished.map((one) => [one.code, one.stderr])).toEqual(finished.map(() => [code, ""]));
  });
});
