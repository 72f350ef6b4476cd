import { expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { emitProgram, runNode } from "../support/run-ts.js";

/** Saves a full replay buffer of this many megabytes a few times, and prints how long loop, copy and write took. */
const PROGRAM = `
import { data, openRun } from "pawl";

const [megabytes, saves] = process.argv.slice(2).map(Number);
const memory = new data.ReplayBuffer({ capacity: megabytes, fields: { image: { shape: [1 << 20], dtype: "uint8" } } });
const image = new Uint8Array(1 << 20).fill(7);
while (memory.size < megabytes) memory.add({ image });
const run = await openRun("run", { memory }, { every: 1, keep: 1 });
const [from, to] = [new Uint8Array(megabytes << 20).fill(1), new Uint8Array(megabytes << 20).fill(2)];
const [stall, copy, write] = [[], [], []];
const timed = async (into, task) => {
  const start = performance.now();
  await task();
  into.push(performance.now() - start);
};
for (let i = 0; i < saves; i++) {
  memory.add({ image });
  await timed(copy, () => to.set(from));
  await timed(stall, () => run.commit());
  await timed(write, () => run.flush());
}
await run.close();
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
console.log(JSON.stringify({ stall: median(stall), copy: median(copy), write: median(write), size: memory.size }));
`;

test("a save of a large replay buffer stops the loop for a copy, not for a write", async () => {
  const { code, stdout, stderr } = await runNode(emitProgram("loop-stall", PROGRAM), scratch(), ["32", "7"]);
  expect([code, stderr]).toEqual([0, ""]);
  const { stall, copy, write } = JSON.parse(stdout) as { stall: number; copy: number; write: number };
  // Also on a busy machine, the loop must not wait for the disk.
  expect(stall).toBeLessThan(Math.max(2 * copy + 5, 0.5 * write));
}, 120_000);
