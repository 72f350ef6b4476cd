import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { emitProgram } from "../support/run-ts.js";
import { argumentsOf, digestOf, program, runSweep, scratch, trialsOf } from "./support.js";

const HALVING = { kind: "halving", trials: 4, epochs: 2 } as const;

test("a failed trial is a result, and one that was killed is tried again: the same for any number of processes", async () => {
  const dir = scratch();
  const env = { THROWS: "1", KILLS: "2", TIMES: "2" };
  const two = await runSweep(join(dir, "two"), { ...HALVING, workers: 2 }, env);
  const one = await runSweep(join(dir, "one"), { ...HALVING, workers: 1 }, { THROWS: "1" });
  expect(digestOf(two)).toBe(digestOf(one));
  const trials = trialsOf(two);
  expect(trials[1]).toMatchObject({ status: "failed", message: "this trial throws", value: null });
  expect(trials.map(({ status }) => status).sort()).toEqual(["failed", "finished", "finished", "halted"]);
  // Started again, nothing is trained, and the failure stands.
  const again = await runSweep(join(dir, "two"), { ...HALVING, workers: 1 }, env);
  expect(digestOf(again)).toBe(digestOf(one));
  expect(again.stdout).not.toContain("epoch 1 of 2");
  // A run folder says whose it is, and what its process printed.
  expect(JSON.parse(readFileSync(join(dir, "two/trial-0000/trial.json"), "utf8"))).toEqual({
    sweep: "two",
    trial: 0,
    parameters: trials[0]!.parameters,
    parent: null,
  });
  expect(readFileSync(join(dir, "two/trial-0000/output.txt"), "utf8")).toContain("val_loss");
}, 60_000);

test("a trial of a population that goes on from a better one is a fork: both records say so, and the parent keeps the step", async () => {
  const dir = join(scratch(), "a");
  const ended = await runSweep(dir, { kind: "population", trials: 2, epochs: 2, workers: 2 });
  digestOf(ended);
  const { parent } = trialsOf(ended).find((trial) => trial.parent !== null)!;
  const [run, step] = parent!.split("@") as [string, string];
  const child = readdirSync(dir).find((name) => /^trial-\d+-1$/.test(name))!;
  const eventsIn = (name: string) =>
    readFileSync(join(dir, name, "log.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  expect(eventsIn(run).filter(({ event }) => event === "fork")).toMatchObject([
    { step: Number(step), child: join(dir, child) },
  ]);
  expect(eventsIn(child)[0]).toMatchObject({ parent: { run: join(dir, run), step: Number(step) } });
  expect(existsSync(join(dir, run, `pin-${step}.json`))).toBe(true);
}, 60_000);

test("Ctrl-C lets trials save, says how to go on, and the sweep goes on to the same bits", async () => {
  const dir = scratch();
  const asked = { kind: "whole", trials: 2, epochs: 20 } as const;
  const stopped = join(dir, "stopped");
  const child = spawn(process.execPath, [program(), ...argumentsOf(stopped, { ...asked, workers: 2 })]);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const looking = setInterval(() => {
    const folder = join(stopped, "trial-0000");
    if (!existsSync(folder) || !readdirSync(folder).some((name) => /step-[3-9]/.test(name))) return;
    clearInterval(looking);
    child.kill("SIGINT");
  }, 20);
  const code = await new Promise((resolve) => child.on("close", resolve)).finally(() => clearInterval(looking));
  expect([code, output]).toEqual([130, expect.stringContaining("start the same command again to go on")]);
  expect(readdirSync(join(stopped, "trial-0000")).filter((name) => name.startsWith("lock"))).toEqual([]);
  const [went, whole] = await Promise.all([
    runSweep(stopped, { ...asked, workers: 1 }),
    runSweep(join(dir, "whole"), { ...asked, workers: 1 }),
  ]);
  expect(digestOf(went)).toBe(digestOf(whole));
}, 60_000);

/** Reads TypeScript as a loader of the user's does. */
const LOADER = `
import { readFile } from "node:fs/promises";
import { createRequire, register } from "node:module";
if (!import.meta.url.includes("?hooks")) register(import.meta.url + "?hooks");
export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const ts = createRequire(import.meta.url)("typescript");
  const source = ts.transpile(await readFile(new URL(url), "utf8"), { module: "esnext", target: "es2022" });
  return { format: "module", source, shortCircuit: true };
}
`;

test("a program of TypeScript trains as Node was told to read it", async () => {
  const loader = emitProgram("sweep-loader", LOADER);
  const file = join(dirname(loader), "sweep-typed.ts");
  const source = `import { layers, Sequential, sweep, sweeps } from "pawl";
    interface Point { readonly x: number }
    const points: readonly Point[] = [{ x: 1 }, { x: 2 }];
    const result = await sweep({
      dir: process.argv[2]!, parameters: { rate: sweeps.choice([1]) }, searcher: "grid", objective: "loss", verbose: 0,
      async train({ epochs, run }) {
        const model = new Sequential([new layers.Dense(1, { inputShape: [1] })]);
        model.compile({ optimizer: "sgd", loss: "mse" });
        await model.fit(points.map(({ x }: Point) => [x]), [[1], [2]], { epochs, run, verbose: 0 });
      },
    });
    console.log("epochs " + result.best.epochs);`;
  writeFileSync(file, source);
  const child = spawn(process.execPath, ["--import", loader, file, join(scratch(), "a")]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  expect([await new Promise((resolve) => child.on("close", resolve)), output]).toEqual([0, "epochs 1\n"]);
}, 60_000);
