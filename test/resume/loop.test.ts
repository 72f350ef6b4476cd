import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { LOOP_PROGRAM } from "../support/loop-program.js";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

const STEPS = 12;
const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

let program = "";
let whole = "";

const run = (dir: string, env: NodeJS.ProcessEnv = {}, steps = STEPS): Promise<Finished> =>
  runNode(program, scratch(), [dir, String(steps)], env);
const digestIn = ({ stdout, stderr }: Finished): string =>
  /^digest (\w+)$/m.exec(stdout)?.[1] ?? `none in: ${stdout}${stderr}`;
const startOf = ({ stdout }: Finished): number => Number(/^from (\d+)$/m.exec(stdout)?.[1]);
const stepsIn = (dir: string): number[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith(".pawl"))
    .map((name) => Number(/-step-(\d+)\.pawl$/.exec(name)![1]));

beforeAll(async () => {
  program = emitProgram("own-loop", LOOP_PROGRAM);
  whole = digestIn(await run(join(scratch(), "run")));
});

describe("a loop in fresh processes", () => {
  test("killed in the middle of every step, it ends with the bits of one that was never stopped", async () => {
    const dir = join(scratch(), "run");
    for (let step = 0; step < STEPS; step++) {
      const killed = await run(dir, { STOP: String(step) });
      expect([killed.code, killed.stderr, startOf(killed)]).toEqual([null, "", Math.max(0, step - 1)]);
    }
    expect(digestIn(await run(dir))).toBe(whole);
  });

  test.each(["exit", "SIGKILL"])("ended by %s after a commit, it goes on from there", async (SIGNAL) => {
    const dir = join(scratch(), "run");
    for (const step of [1, 3, 5, 7, 10]) {
      await run(dir, { STOP: String(step), AT: "after", SIGNAL });
      expect(stepsIn(dir).at(-1)).toBe(step);
    }
    const last = await run(dir);
    expect([startOf(last), digestIn(last)]).toEqual([10, whole]);
  });

  test("saved only now and then, it does the steps since the last checkpoint again, with the same bits", async () => {
    const dir = join(scratch(), "run");
    await run(dir, { STOP: "9", EVERY: "4" });
    const last = await run(dir, { EVERY: "4" });
    expect([startOf(last), digestIn(last)]).toEqual([8, whole]);
    const log = readFileSync(join(dir, "log.jsonl"), "utf8").trim().split("\n");
    const events = log.map((line) => JSON.parse(line) as { event: string; step: number });
    expect(events.filter(({ event }) => event === "batch").map(({ step }) => step)).toEqual(
      Array.from({ length: STEPS }, (_, i) => i + 1),
    );
  });

  test("a run that is done only has its step, its logs and its state", async () => {
    const dir = join(scratch(), "run");
    await run(dir, { EVERY: "100" });
    const again = await run(dir, { EVERY: "100" });
    expect([startOf(again), digestIn(again)]).toEqual([STEPS, whole]);
    expect(stepsIn(dir)).toEqual([0, STEPS]);
  });

  test("a step that throws is not saved, and is done again whole", async () => {
    const dir = join(scratch(), "run");
    const broken = await run(dir, { EVERY: "100", STOP: "8", SIGNAL: "throw" });
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining("Error: broken")]);
    expect(stepsIn(dir)).toEqual([0]);
    expect(digestIn(await run(dir))).toBe(whole);
  });
});

describe("a signal to a loop", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s finishes the step, saves, and says how to go on", async (SIGNAL) => {
    const dir = join(scratch(), "run");
    const stopped = await run(dir, { STOP: "5", SIGNAL, EVERY: "100" });
    expect([stopped.code, stopped.stderr]).toEqual([CODES[SIGNAL], ""]);
    expect(stopped.stdout).toContain(
      `\nStopped by ${SIGNAL} after step 6. Everything is saved in ${dir}: start the same command again to go on.\n`,
    );
    expect(stepsIn(dir)).toEqual([0, 6]);
    expect(digestIn(await run(dir))).toBe(whole);
  });

  test("in a fit inside a step, it waits for the whole step", async () => {
    const dir = join(scratch(), "run");
    const stopped = await run(dir, { STOP: "6", SIGNAL: "SIGINT", EVERY: "100" });
    expect([stopped.code, stepsIn(dir)]).toEqual([130, [0, 7]]);
    expect(digestIn(await run(dir))).toBe(whole);
  });

  test("leaves the process to a program with a handler of its own, which reads run.interrupted", async () => {
    const dir = join(scratch(), "run");
    const stopped = await run(dir, { STOP: "5", SIGNAL: "SIGINT", OWN: "1", EVERY: "100" });
    expect([stopped.code, stopped.stderr]).toEqual([0, ""]);
    expect(stopped.stdout).toContain("own handler");
    expect(stepsIn(dir)).toEqual([0, 6]);
    expect(digestIn(await run(dir))).toBe(whole);
  });
});

describe("two loops in one process", () => {
  const program = () =>
    emitProgram(
      "two-loops",
      `
import { openRun } from "pawl";
const [dir, how] = process.argv.slice(2);
const [a, b] = [{ n: 0 }, { n: 0 }];
const one = await openRun(dir + "/a", { a }, { every: 1000 });
const two = await openRun(dir + "/b", { b }, { every: 1000 });
for (;;) {
  a.n++;
  await one.commit();
  if (how === "both") {
    b.n++;
    await two.commit();
  }
  if (a.n === 5) process.kill(process.pid, "SIGINT");
  await new Promise((resolve) => setTimeout(resolve, 1));
}
`,
    );

  test("a signal ends the process when both have saved, or when one comes back while the other does nothing", async () => {
    for (const how of ["both", "one"]) {
      const dir = scratch();
      const { code, stdout, stderr } = await runNode(program(), scratch(), [dir, how]);
      expect([code, stderr]).toEqual([130, ""]);
      expect(stdout).toContain(`Everything is saved in ${dir}/a`);
      expect(stepsIn(join(dir, "a")).at(-1)).toBeGreaterThanOrEqual(5);
      if (how === "both") expect(stepsIn(join(dir, "b")).at(-1)).toBeGreaterThanOrEqual(5);
    }
  });
});

test("a second process is told who holds the folder", async () => {
  const dir = join(scratch(), "run");
  const holder = emitProgram(
    "loop-holder",
    `
import { openRun } from "pawl";
const run = await openRun(process.argv[2], { counters: { n: 0 } });
console.log("open");
process.stdin.on("end", () => run.close()).resume();
`,
  );
  const child = spawn(process.execPath, [holder, dir]);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const refused = await run(dir);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/is in use by process \d+/)]);
  child.stdin.end();
  await new Promise((resolve) => child.once("close", resolve));
});
