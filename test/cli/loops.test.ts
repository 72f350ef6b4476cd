import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { pawl, pawlJson, runProgram } from "./support.js";

/** A finished loop of two models, a buffer and counters; one without an end, with a single model; one without models. */
const WORLD = `
import { data, layers, openRun, random, Sequential, setRandomSeed } from "pawl";
setRandomSeed(1);
const x = random.normal([8, 4], { seed: 2 });
const y = random.normal([8, 1], { seed: 3 });
const network = (name) => new Sequential([new layers.Dense(3, { inputShape: [4] }), new layers.Dense(1)], { name });
const [agent, target] = [network("agent"), network("target")];
agent.compile({ optimizer: "adam", loss: "mse" });
const memory = new data.ReplayBuffer({ capacity: 5, fields: { state: [4] } });
memory.add({ state: [1, 2, 3, 4] });
const run = await openRun("runs/dqn", { agent, target, memory, counters: { episodes: 0 } }, { every: 1, keep: 9, steps: 3, seed: 5 });
while (run.step < 3) {
  const { loss } = await agent.trainOnBatch(x, y);
  await run.commit({ loss, reward: 2 });
  await run.flush();
}
await run.close();
await agent.save("agent.keras");
const open = await openRun("runs/open", { agent });
await open.commit();
await open.close();
const none = await openRun("runs/none", { counters: { n: 0 } });
await none.close();
`;

let world = "";
beforeAll(async () => {
  world = mkdtempSync(join(tmpdir(), "pawl-cli-"));
  await runProgram("cli-loops", WORLD, world);
});

describe("the command, and the folders of loops", () => {
  test("runs says how many of their steps are done", async () => {
    const { code, stdout } = await pawl(world, ["runs"]);
    const [, dqn, none, open] = stdout.split("\n");
    expect(code).toBe(0);
    expect(dqn).toMatch(/^runs\/dqn +finished +after step 3 of 3 +checkpoint-\d+-step-3\.pawl +[\d.]+ KB$/);
    expect(none).toMatch(/^runs\/none +unfinished +before the first step +checkpoint-\d+-step-0\.pawl +[\d.]+ K?B$/);
    expect(open).toMatch(/^runs\/open +unfinished +after step 1 +checkpoint-\d+-step-1\.pawl +[\d.]+ KB$/);
  });

  test("inspect lists the parts, the layers of models, and the last logs", async () => {
    const { code, stdout } = await pawl(world, ["inspect", "runs/dqn"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Loop of agent, target, memory, counters");
    expect(stdout).toMatch(/agent\/dense.*kernel\(4,3\) bias\(3\)/);
    expect(stdout).toMatch(/target\/dense.*kernel\(4,3\) bias\(3\)/);
    expect(stdout).toMatch(/memory \(stateful\).*state\(1,4\)/);
    expect(stdout).toMatch(/Last logs +loss [\d.]+, reward 2\n/);
    expect(stdout).toMatch(/Seed +5\n/);
    expect(stdout).toContain("runs/dqn: finished, after step 3 of 3; 4 checkpoints, ");
    const { json } = await pawlJson<{ newest: { parts: unknown } }>(world, ["inspect", "runs/dqn"]);
    expect(json.newest.parts).toEqual([
      { name: "agent", kind: "model" },
      { name: "target", kind: "model" },
      { name: "memory", kind: "stateful" },
      { name: "counters", kind: "data" },
    ]);
  });

  test("verify reads every state, and finds the damaged one", async () => {
    expect((await pawl(world, ["verify", "runs/dqn"])).code).toBe(0);
    const folder = mkdtempSync(join(tmpdir(), "pawl-cli-"));
    for (const name of readdirSync(join(world, "runs/dqn"))) {
      const bytes = readFileSync(join(world, "runs/dqn", name));
      if (name.endsWith("-step-2.pawl")) bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(folder, name), bytes);
    }
    const { code, stdout } = await pawl(folder, ["verify", "."]);
    expect([code, stdout.match(/^damaged/gm)?.length, stdout.match(/^intact/gm)?.length]).toEqual([3, 1, 3]);
  });

  test("export makes the file that the model itself would have written", async () => {
    const { code, stdout, stderr } = await pawl(world, ["export", "runs/dqn", "out.keras", "--part", "agent"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^out\.keras: [\d.]+ KB, runs\/dqn\/checkpoint-\d+-step-3\.pawl, after step 3 of 3\n$/);
    expect(Buffer.compare(readFileSync(join(world, "out.keras")), readFileSync(join(world, "agent.keras")))).toBe(0);
    expect((await pawl(world, ["export", "runs/dqn@1", "early.keras", "--part", "target"])).code).toBe(0);
    // The only model needs no name.
    expect((await pawl(world, ["export", "runs/open", "only.h5"])).code).toBe(0);
  });

  test.each([
    [
      ["runs/dqn"],
      '" holds more or less than one model. Received: no --part. Expected: one of agent, target. Name it: --part agent.',
    ],
    [
      ["runs/dqn", "--part", "memory"],
      '" has no model "memory". Received: memory. Expected: one of agent, target. Name it: --part agent.',
    ],
    [
      ["runs/none"],
      '" holds more or less than one model. Received: no --part. Expected: no --part: it is a training by fit, or holds no model.',
    ],
  ])("export %j says which models there are", async ([run, ...options], message) => {
    const { code, stderr } = await pawl(world, ["export", run!, "never.keras", ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
