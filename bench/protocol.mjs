// A contender is a process that is asked, line by line, to train a workload for one epoch, and answers how long it took.
// Between its turns it sleeps, so all contenders share the same minutes of the same machine.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export const workloads = JSON.parse(readFileSync(new URL("./workloads.json", import.meta.url), "utf8"));

/** Deterministic data of a workload: pixels in [0, 1), labels in turn. */
export function data({ input, classes, batch, steps }) {
  const rows = batch * steps;
  const size = input.reduce((a, b) => a * b, 1);
  const x = new Float32Array(rows * size);
  let state = 12345;
  for (let i = 0; i < x.length; i++) x[i] = (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return { x, xShape: [rows, ...input], y: Int32Array.from({ length: rows }, (_, i) => i % classes), rows };
}

/** @param prepare (name, workload) => async function that trains one epoch */
export function serve(versions, prepare) {
  const ready = new Map();
  process.stdout.write(`${JSON.stringify({ versions })}\n`);
  createInterface({ input: process.stdin }).on("line", async (name) => {
    try {
      if (!ready.has(name)) {
        ready.set(name, await prepare(name, workloads[name]));
        await ready.get(name)();
      }
      const start = performance.now();
      await ready.get(name)();
      process.stdout.write(`${JSON.stringify({ ms: (performance.now() - start) / workloads[name].steps })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ error: String(error?.message ?? error) })}\n`);
    }
  });
}
