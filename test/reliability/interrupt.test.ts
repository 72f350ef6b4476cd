import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { emitProgram } from "../support/run-ts.js";

/** Trains without a run folder, and sends Ctrl-C in its third step. */
const program = emitProgram(
  "interrupt",
  `
import { callbacks, layers, random, Sequential } from "pawl";
const [how] = process.argv.slice(2);
if (how === "own") process.on("SIGINT", () => { console.log("mine"); process.exit(7); });
const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
model.compile({ optimizer: "sgd", loss: "mse" });
const press = new callbacks.LambdaCallback({
  async onTrainBatchEnd(batch) {
    if (batch !== 2) return;
    process.kill(process.pid, "SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 2000));
  },
});
const x = random.normal([32, 2]);
if (how === "after") {
  await model.fit(x, random.normal([32, 1]), { verbose: 0 });
  if (process.listenerCount("SIGINT") > 0) console.error("a listener is left");
  process.kill(process.pid, "SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 2000));
}
await model.fit(x, random.normal([32, 1]), { batchSize: 4, verbose: 0, callbacks: [press], ...(how === "off" ? { signals: false } : {}) });
`,
);

function run(how: string): Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, how], { cwd: scratch() });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

describe("Ctrl-C in a training without a run folder", () => {
  test("says in one line what run would have saved, and ends the process as usual", async () => {
    const { signal, stdout, stderr } = await run("plain");
    expect([signal, stdout]).toEqual(["SIGINT", ""]);
    expect(stderr).toBe(
      '\nInterrupted in epoch 1 after step 3, and not saved. With run: "runs/NAME" in fit, everything would be saved now, ' +
        "and the same command would go on from here.\n",
    );
  });

  test("says nothing with signals: false, after the training, or when the program handles signals itself", async () => {
    const [off, after, own] = await Promise.all([run("off"), run("after"), run("own")]);
    expect([off.signal, off.stderr]).toEqual(["SIGINT", ""]);
    expect([after.signal, after.stderr]).toEqual(["SIGINT", ""]);
    expect([own.code, own.stdout, own.stderr]).toEqual([7, "mine\n", ""]);
  });
});
