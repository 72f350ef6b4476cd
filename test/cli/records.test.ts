import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { screenOf } from "../../src/cli/records/watch.js";
import { nodeVfs } from "../../src/core/vfs-node.js";
import { Lock } from "../../src/store/lock.js";
import { readRuns } from "../../src/store/record/index.js";
import { eventPoints, scalarsOf } from "../support/event-points.js";
import { ROOT } from "../support/run-ts.js";
import { addTo, epochOf, makeRecordedRuns } from "./recorded-runs.js";
import { pawl, pawlJson } from "./support.js";

let world: string;
beforeAll(() => {
  world = makeRecordedRuns();
});

describe("pawl export RUN --to", () => {
  test("csv is a table of epochs on standard output, empty where there is no value", async () => {
    const { code, stdout, stderr } = await pawl(world, ["export", "runs/done", "--to", "csv"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      [
        'epoch,step,time,seconds,learning_rate,loss,"odd,""name""",val_loss',
        "0,2,2026-01-02T03:04:07.000Z,0.5,0.01,2.5,1,",
        "1,4,2026-01-02T03:04:09.000Z,0.5,0.01,NaN,,2",
        "2,6,2026-01-02T03:04:11.000Z,0.5,0.01,0.25,,1",
        "",
      ].join("\n"),
    );
  });

  test("--batches is a table of steps", async () => {
    const { stdout } = await pawl(world, ["export", "runs/done", "--to", "csv", "--batches"]);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "step,epoch,batch,time,learning_rate,loss,step_ms",
      "1,0,1,2026-01-02T03:04:06.000Z,0.01,3,",
      "2,0,2,2026-01-02T03:04:07.000Z,0.01,NaN,5",
    ]);
  });

  test("jsonl is an object a line, into a file if one is named", async () => {
    const { code, json } = await pawlJson(world, ["export", "runs/done", "points.jsonl", "--to", "jsonl"]);
    expect([code, json]).toMatchObject([0, { target: "points.jsonl", format: "jsonl", files: 1 }]);
    const all = readFileSync(join(world, "points.jsonl"), "utf8").trim().split("\n");
    expect(all.map((line) => JSON.parse(line) as unknown)[1]).toEqual({
      step: 4,
      epoch: 1,
      batch: 0,
      time: Date.UTC(2026, 0, 2, 3, 4, 9),
      values: { seconds: 0.5, learning_rate: 0.01, loss: "NaN", val_loss: 2 },
    });
    expect(await pawl(world, ["export", "runs/done", "points.jsonl", "--to", "jsonl"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('points.jsonl" exists already'),
    });
    expect((await pawl(world, ["export", "runs/done", "points.jsonl", "--to", "jsonl", "--force"])).code).toBe(0);
  });

  test("html is one page with curves that runs nothing, whatever the names are", async () => {
    const { code, stdout } = await pawl(world, ["export", "runs/done", "run.html", "--to", "html"]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^run\.html: [\d.]+ KB, the record of runs\/done as html\n$/),
    ]);
    const page = readFileSync(join(world, "run.html"), "utf8");
    expect(page).not.toMatch(/<script|<b>|https?:\/\/(?!www\.w3\.org)/);
    for (const part of [
      "<svg",
      "careful &lt;script&gt;",
      "learning rate: 0.1 -&gt; 0.01",
      "c.pawl",
      "runs/base, step 40",
    ]) {
      expect(page).toContain(part);
    }
    expect(page).toContain("default-src 'none'");
  });

  test("tensorboard is a folder of event files, with the tags of callbacks.TensorBoard", async () => {
    const { code, stdout } = await pawl(world, ["export", "runs/done", "logs/done", "--to", "tensorboard"]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^logs\/done: .* the record of runs\/done as tensorboard\n$/),
    ]);
    const points = (part: string) => {
      const folder = join(world, "logs/done", part);
      return eventPoints(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    };
    const [train, validation] = [points("train"), points("validation")];
    expect(scalarsOf(train, "epoch_loss")).toEqual([
      [0, 2.5],
      [1, Number.NaN],
      [2, 0.25],
    ]);
    expect(scalarsOf(train, "batch_loss").slice(0, 2)).toEqual([
      [1, 3],
      [2, Number.NaN],
    ]);
    expect(scalarsOf(train, "batch_steps_per_second")[0]).toEqual([2, 200]);
    expect(scalarsOf(validation, "epoch_loss")).toEqual([
      [1, 2],
      [2, 1],
    ]);
    expect(train.map(({ tag }) => tag)).toContain("fit");
    expect(await pawl(world, ["export", "runs/done", "logs/done", "--to", "tensorboard"])).toMatchObject({ code: 2 });
    expect(await pawl(world, ["export", "runs/done", "--to", "tensorboard"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("needs to know the folder"),
    });
  });

  test.each([
    [["export", "runs/done", "--to", "cvs"], 2, 'Records are not exported to "cvs"'],
    [["export", "runs/done"], 2, "pawl export needs the file that is to be written"],
    [["export", "runs/done", "--to", "csv", "--json"], 2, "needs to know the file"],
    [["export", "runs", "--to", "csv"], 2, '"runs" has no record'],
    [["export", "nowhere", "--to", "csv"], 2, 'There is nothing at "nowhere"'],
    [["export", "runs/done", "a.h5", "--batches"], 2, "--batches does not go with a model"],
    [["export", "runs/done", "--to", "csv", "--part", "x"], 2, "--part does not go with --to"],
  ])("%j is refused", async (args, exit, why) => {
    const { code, stdout, stderr } = await pawl(world, args);
    expect([code, args.includes("--json") ? stdout : stderr]).toEqual([exit, expect.stringContaining(why)]);
  });
});

describe("pawl runs --quick", () => {
  test("says from records where runs stand, with a small curve", async () => {
    const { code, stdout } = await pawl(world, ["runs", "--quick"]);
    const [head, done, live] = stdout.split("\n");
    expect(code).toBe(0);
    expect(head).toMatch(/^RUN +STATE +STANDS +LAST +CURVE +SIZE$/);
    expect(done).toMatch(/^runs\/done +finished +after epoch 3 of 3, step 6 +val_loss 1 +█▁ +[\d.]+ KB$/);
    expect(live).toMatch(/^runs\/live +unfinished +after epoch 1 of 3, step 2 +loss 3 +▅ +[\d.]+ (KB|B)$/);
    const { json } = await pawlJson<{ runs: { path: string; state: string }[] }>(world, ["runs", "--quick"]);
    expect(json.runs.map(({ path, state }) => [path, state])).toEqual([
      ["runs/done", "finished"],
      ["runs/live", "unfinished"],
    ]);
  });
});

/** A command that goes on, and what it prints. */
function going(cwd: string, args: readonly string[]) {
  const child = spawn(process.execPath, [join(ROOT, "dist/cli.js"), ...args], { cwd });
  let text = "";
  child.stdout.on("data", (chunk) => (text += String(chunk)));
  child.stderr.on("data", (chunk) => (text += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const until = async (what: string): Promise<void> => {
    for (let waited = 0; !text.includes(what); waited += 20) {
      if (waited > 20_000) throw new Error(`"${what}" does not come: ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, ended, until, text: () => text };
}

describe("pawl runs --watch", () => {
  test("without a terminal prints a line for each change", async () => {
    const folder = makeRecordedRuns();
    const { child, ended, until, text } = going(folder, ["runs", "--watch"]);
    await until("runs/live: unfinished, after epoch 1 of 3, step 2, loss 3\n");
    addTo(folder, "runs/live", epochOf(1, { loss: 2 }));
    await until("runs/live: unfinished, after epoch 2 of 3, step 4, loss 2\n");
    child.kill();
    await ended;
    expect(text().match(/runs\/done/g)).toHaveLength(1);
    expect(text()).not.toContain("\u001b");
  });

  test("a screen has no more lines and columns than there is room for, and those that train first", async () => {
    const runs = await readRuns(nodeVfs(), join(world, "runs"));
    const plain = (text: string): string => text;
    const paint = { bold: plain, dim: plain, green: plain, yellow: plain, red: plain };
    for (const [width, height] of [
      [120, 30],
      [60, 5],
      [20, 5],
      [5, 1],
    ] as const) {
      const lines = screenOf([...runs, { ...runs[1]!, state: "running" }], "runs", { width, height }, paint);
      expect(lines.length).toBeLessThanOrEqual(Math.max(5, height));
      if (width > 8) for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }
    const [, , , first] = screenOf(
      [...runs, { ...runs[1]!, state: "running" }],
      "runs",
      { width: 120, height: 9 },
      paint,
    );
    expect(first).toMatch(/ running /);
  });
});

describe("pawl tail", () => {
  test("prints the last events as readable lines", async () => {
    const { code, stdout, stderr } = await pawl(world, ["tail", "runs/done", "-n", "5", "--no-follow"], { TZ: "UTC" });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")).toEqual([
      "03:04:09  step 4  loss 0.5, learning_rate 0.01",
      "03:04:09  step 4  end of epoch 2  loss NaN, val_loss 2, learning_rate 0.01",
      "03:04:11  step 6  end of epoch 3  loss 0.25, val_loss 1, learning_rate 0.01",
      "03:04:12  step 6  saved c.pawl, 2.00 KB",
      "03:04:13  step 6  ends: finished",
      "",
    ]);
  });

  test("shows what comes as long as somebody trains, and ends with it", async () => {
    const folder = makeRecordedRuns();
    const lock = await Lock.take(nodeVfs(), join(folder, "runs/live"));
    const { ended, until, text } = going(folder, ["tail", "runs/live", "-n", "1"]);
    await until("end of epoch 1  loss 3");
    addTo(folder, "runs/live", epochOf(1, { loss: 2 }));
    await until("end of epoch 2  loss 2");
    addTo(folder, "runs/live", { event: "stop", time: 0, step: 4, why: "signal", by: "SIGTERM" });
    await lock.release();
    expect(await ended).toBe(0);
    expect(text()).toContain("ends: signal, SIGTERM");
    expect(text()).not.toContain("begins");
  });

  test("--json prints the events themselves, one a line", async () => {
    const { stdout } = await pawl(world, ["tail", "runs/done", "-n", "2", "--no-follow", "--json"]);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(["save", "stop"]);
  });

  test("lines that would act on a terminal are shown, not obeyed", async () => {
    const folder = makeRecordedRuns();
    addTo(folder, "runs/done", { event: "warning", time: 0, step: 1, text: "\u001b[2Jgone\nnew line" });
    const { stdout } = await pawl(folder, ["tail", "runs/done", "-n", "1", "--no-follow"]);
    expect(stdout).toMatch(/warning: \\x1b\[2Jgone\\x0anew line\n$/);
  });

  test.each([
    [["tail", "runs/done", "-n", "x"], "takes a number of lines"],
    [["tail", "runs"], '"runs" has no record'],
  ])("%j is refused", async (args, why) => {
    expect(await pawl(world, args)).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  });
});
