import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emitProgram, ROOT } from "../support/run-ts.js";

const PROGRAM = emitProgram(
  "profile",
  `import { configure, Input, layers, Model, random, utils } from "pawl";
   utils.setRandomSeed(7);
   configure({ workers: 2 });
   const x = Input({ shape: [8, 8, 3] });
   const named = (name) => ({ name });
   let y = new layers.Conv2D(8, 3, { activation: "relu", ...named("edges") }).apply(x);
   y = new layers.BatchNormalization(named("scale")).apply(y);
   y = new layers.Dense(4, named("head")).apply(new layers.Flatten().apply(y));
   const model = new Model(x, y);
   model.compile({ optimizer: "adam", loss: "mse", shards: 2 });
   const data = [random.normal([64, 8, 8, 3], { seed: 1 }), random.normal([64, 4], { seed: 2 })];
   await model.fit(...data, { batchSize: 16, epochs: 3, verbose: 0 });
   console.log(JSON.stringify((await model.predict(data[0], { verbose: 0 })).toArray()));`,
);

function run(profile: string): { readonly out: string; readonly err: string } {
  const env = { ...process.env, PAWL_PROFILE: profile };
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM], { cwd: ROOT, env, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return { out: stdout, err: stderr };
}

test("a profile names layers and parts, with their floors, and changes no bit", () => {
  const { out, err } = run("1");
  expect(err).toMatch(/^pawl profile: train, 16 rows: 11 runs of [\d.]+ ms \(best [\d.]+\) by [123] threads?, /m);
  expect(err).toMatch(/floor [\d.]+ ms of one thread \(\d+ GFLOP\/s, [\d.]+ GB\/s\)/);
  for (const layer of ["edges", "scale", "head"])
    expect(err).toMatch(new RegExp(`^ +[\\d.]+ +\\d+ % +[\\d.]+ .* functional/${layer}$`, "m"));
  expect(err).toMatch(/ % .* gradient of a kernel of 3 x 3 x 3 x 8, product$/m);
  // Shares of each table are those of one whole.
  const train = err.slice(err.indexOf("pawl profile: train"));
  const shares = train.slice(0, train.indexOf("  part")).matchAll(/ (\d+) %/g);
  const sum = [...shares].reduce((all, [, share]) => all + Number(share), 0);
  expect(Math.abs(sum - 100)).toBeLessThan(6);
  expect(run("").out).toBe(out);
  expect(run("").err).not.toContain("profile");
});

test("a trace has each part on its thread, one after the other", () => {
  const file = join(mkdtempSync(join(tmpdir(), "pawl-profile-")), "trace.json");
  run(file);
  const { traceEvents } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly traceEvents: readonly { ph: string; tid: number; name: string; ts: number; dur: number }[];
  };
  const parts = traceEvents.filter(({ ph }) => ph === "X");
  const named = traceEvents.filter(({ ph, name }) => ph === "M" && name === "thread_name").map(({ tid }) => tid);
  expect(new Set(parts.map(({ tid }) => tid))).toEqual(new Set(named));
  expect(parts.some(({ name }) => name.startsWith("train: "))).toBe(true);
  for (const thread of named) {
    const own = parts.filter(({ tid }) => tid === thread).sort((a, b) => a.ts - b.ts);
    for (const [i, { ts, dur }] of own.entries()) {
      expect(dur).toBeGreaterThanOrEqual(0);
      // Clocks of threads are the same to some microseconds; one thread's own are exact.
      if (i + 1 < own.length) expect(own[i + 1]!.ts).toBeGreaterThan(ts + dur - 1);
    }
  }
});
