import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { makeRecordedRuns } from "./recorded-runs.js";
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
