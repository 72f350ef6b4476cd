import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { makeWorld, pawl, pawlJson } from "./support.js";

let world: string;
beforeAll(async () => {
  world = await makeWorld();
});

interface Runs {
  readonly runs: readonly {
    readonly path: string;
    readonly state: string;
    readonly newest: string;
    readonly standing: {
      readonly epoch: number;
      readonly epochs: number;
      readonly batch: number;
      readonly iteration: number;
    };
    readonly checkpoints: readonly unknown[];
    readonly bytes: number;
  }[];
}

describe("pawl runs", () => {
  test("prints a row for each run folder", async () => {
    const { code, stdout } = await pawl(world, ["runs"]);
    expect(code).toBe(0);
    const [head, cut, price, ...rest] = stdout.split("\n");
    expect(head).toMatch(/^RUN +STATE +STANDS +NEWEST INTACT +SIZE$/);
    expect(cut).toMatch(
      /^runs\/cut +unfinished +in epoch 2 of 3, after batch 1, step 4 +checkpoint-\d+-step-4\.pawl +[\d.]+ KB$/,
    );
    expect(price).toMatch(
      /^runs\/price +finished +after epoch 3 of 3, step 9 +checkpoint-\d+-step-9\.pawl +[\d.]+ KB$/,
    );
    expect(rest).toEqual([""]);
  });

  test("prints the same as JSON, also for a single run folder", async () => {
    const { json } = await pawlJson<Runs>(world, ["runs", "runs/cut"]);
    expect(json.runs).toHaveLength(1);
    expect(json.runs[0]).toMatchObject({
      path: "runs/cut",
      state: "unfinished",
      standing: { epoch: 1, epochs: 3, batch: 1, iteration: 4 },
    });
    expect(json.runs[0]!.bytes).toBeGreaterThan(10_000);
  });

  test("a run whose lock a process holds is running", async () => {
    const folder = join(world, "live/run");
    mkdirSync(folder, { recursive: true });
    const name = readdirSync(join(world, "runs/cut")).filter((each) => each.endsWith(".pawl"))[0]!;
    writeFileSync(join(folder, name), readFileSync(join(world, "runs/cut", name)));
    const { Lock } = await import("../../src/store/lock.js");
    const { nodeVfs } = await import("../../src/core/vfs-node.js");
    const lock = await Lock.take(nodeVfs(), folder);
    const during = await pawlJson<Runs>(world, ["runs", "live"]);
    await lock.release();
    const after = await pawlJson<Runs>(world, ["runs", "live"]);
    expect([during.json.runs[0]!.state, after.json.runs[0]!.state]).toEqual(["running", "unfinished"]);
  });

  test("the newest checkpoint shown is intact, even if a newer one is damaged", async () => {
    const folder = join(world, "hurt/run");
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(join(world, "runs/price")).filter((name) => name.endsWith(".pawl"));
    for (const name of names) {
      const bytes = readFileSync(join(world, "runs/price", name));
      if (name === names.at(-1)) bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(join(folder, name), bytes);
    }
    const { code, json } = await pawlJson<Runs>(world, ["runs", "hurt"]);
    expect([code, json.runs[0]!.newest]).toEqual([3, names.at(-2)]);
    expect((await pawl(world, ["runs", "hurt"])).stdout).toContain("1 damaged");
  });

  test("handles a folder without runs, and a missing folder", async () => {
    mkdirSync(join(world, "none"), { recursive: true });
    expect(await pawl(world, ["runs", "none"])).toMatchObject({ code: 0, stdout: 'No run folders in "none".\n' });
    expect(await pawl(world, ["runs", "nowhere"])).toMatchObject({
      code: 2,
      stderr: 'pawl: There is nothing at "nowhere".\n',
    });
  });
});
