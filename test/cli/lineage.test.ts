import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ROOT, runNode } from "../support/run-ts.js";
import { makeWorld, pawl, pawlJson } from "./support.js";

const TRAIN = `
const { callbacks, layers, random, Sequential, setRandomSeed } = await import(${JSON.stringify(join(ROOT, "dist/index.js"))});
setRandomSeed(5);
const x = random.normal([32, 4], { seed: 11 });
const y = random.normal([32, 1], { seed: 12 });
const model = new Sequential([new layers.Dense(8, { inputShape: [4] }), new layers.Dropout(0.2), new layers.Dense(1)]);
model.compile({ optimizer: "adam", loss: "mse" });
const late = new callbacks.LambdaCallback({
  onEpochBegin: (epoch) => { if (process.env.OTHER && epoch === 2) model.optimizer.learningRate.assign(0.5); },
});
const log = new callbacks.CSVLogger("log.csv");
await model.fit(x, y, { epochs: 4, batchSize: 8, verbose: 0, callbacks: [late, log], run: { dir: process.env.RUN ?? "runs/a", keep: 99 } });
`;

let world: string;
beforeAll(async () => {
  world = await makeWorld();
  mkdirSync(join(world, "again"));
  writeFileSync(join(world, "again/train.mjs"), TRAIN);
  const { code } = await runNode("train.mjs", join(world, "again"), []);
  expect(code).toBe(0);
});

const inside = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => pawl(join(world, "again"), args, env);

describe("pawl fork", () => {
  test("begins a run from a checkpoint, which training in its folder goes on from", async () => {
    const { code, stdout } = await pawl(world, ["fork", "runs/price@epoch:1", "runs/other"]);
    expect(code).toBe(0);
    expect(stdout).toBe(
      'runs/other: after epoch 1 of 3, step 3, from runs/price@3\nTo train on from there: fit(x, y, { run: "runs/other" }), with other settings if wanted.\n',
    );
    const { json } = await pawlJson<{ runs: { path: string; standing: { iteration: number } }[] }>(world, ["runs"]);
    expect(json.runs.find(({ path }) => path === "runs/other")!.standing.iteration).toBe(3);
    expect(existsSync(join(world, "runs/price/pin-3.json"))).toBe(true);
    expect(readFileSync(join(world, "runs/price/log.jsonl"), "utf8")).toContain('"child":"runs/other"');
  });

  test.each([
    [["fork", "runs/price@7", "runs/x"], "Expected: a checkpoint at step 7. The nearest is runs/price@6;"],
    [["fork", "runs/price", "runs/cut"], '"runs/cut" holds a run already.'],
    [["fork", "runs/price@now", "runs/x"], '"runs/price@now" does not name a checkpoint. Received: "now" after the @.'],
  ])("refuses %s with what there is", async (args, message) => {
    const { code, stderr } = await pawl(world, args);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(message);
  });
});

describe("pawl diff", () => {
  test("says that a training and one that was cut are the same as far as both went", async () => {
    const { code, json } = await pawlJson<{ equal: boolean; saves: { common: number; firstOther: number | null } }>(
      world,
      ["diff", "runs/price", "runs/cut"],
    );
    expect([code, json.equal, json.saves.firstOther]).toEqual([0, true, null]);
    expect(json.saves.common).toBeGreaterThan(0);
  });

  test("says what differs in settings, from which step on, and in which tensors", async () => {
    const other = await runNode("train.mjs", join(world, "again"), [], { RUN: "runs/b", OTHER: "1" });
    expect(other.code).toBe(0);
    const { code, stdout } = await inside(["diff", "runs/a", "runs/b"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "the state of step 12 is the first that differs; the last that is the same is that of step 8",
    );
    expect(stdout).toMatch(/step \d+: \w+ is \S+ and \S+/);
    expect(stdout).toMatch(/dense\/kernel: \d+ of 32 elements, at most \S+ apart/);
  });
});

describe("pawl replay", () => {
  test("runs a training again, and says that it gives the recorded bits; no file of the program changes", async () => {
    const log = readFileSync(join(world, "again/log.csv"), "utf8");
    const { code, stdout } = await inside(["replay", "runs/a", "--", process.execPath, "train.mjs"]);
    expect([code, stdout]).toEqual([0, "runs/a: the same bits again, 4 of 4 states from step 0 to 16\n"]);
    expect(readFileSync(join(world, "again/log.csv"), "utf8")).toBe(log);
  });

  test("takes a stretch between two steps", async () => {
    const { code, stdout } = await inside(["replay", "runs/a@8..12", "--", process.execPath, "train.mjs"]);
    expect([code, stdout]).toEqual([0, "runs/a: the same bits again, 1 of 1 states from step 8 to 12\n"]);
  });

  test("names the first state that is another one", async () => {
    const { code, stdout } = await inside(["replay", "runs/a", "--", process.execPath, "train.mjs"], { OTHER: "1" });
    expect(code).toBe(1);
    expect(stdout).toContain("runs/a: the state of step 12 is another one");
  });

  test.each([
    [["replay", "runs/a", "--", process.execPath, "-e", "1"], 'The command did not train in "runs/a".'],
    [
      ["replay", "runs/a@5..", "--", "node"],
      '"runs/a" cannot be replayed from step 5. Received: checkpoints after steps 0, 4, 8, 12, 16.',
    ],
    [["replay", "runs/a@16..", "--", "node"], '"runs/a" has no state to compare in that stretch.'],
    [["replay", "runs/a", "--", "no-such-program"], '"no-such-program" could not be started'],
  ])("refuses %s with what to give", async (args, message) => {
    const { code, stderr } = await inside(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
