import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawCurves } from "../../board/src/parts/svg-chart.js";
import { Board } from "../../src/board/board.js";
import { confined } from "../../src/board/confined.js";
import { logPart } from "../../src/board/run-page.js";
import { inHtml } from "../../src/board/saved-page.js";
import type { Curves, RunPage, Table } from "../../src/board/wire.js";
import { nodeVfs } from "../../src/core/vfs-node.js";
import { lines, makeBoard, recordOf, START } from "./support.js";

const NASTY = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<!--",
  "]]>",
  "\u2028\u2029",
  "\u0000\u001b[31m",
  "\ud800",
  "javascript:alert(1)",
  "__proto__",
  "constructor",
  "\"&'`",
  "=1+1",
];
const text = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 30 }));

test("whatever stands in a record, answers are JSON and a saved page has no element of it", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, fc.jsonValue({ maxDepth: 3 }), async (key, why, tag, config) => {
      const events = [
        { ...START, changes: [why], config: { identity: config, model: config }, program: { path: why, args: [tag] } },
        { event: "epoch", time: 2_000_000, step: 10, epoch: 0, logs: { [key]: 1, loss: 2 }, rates: {}, seconds: 1 },
        { event: "warning", time: 2_000_001, step: 10, text: why },
        {
          event: "histogram",
          time: 2_000_002,
          step: 10,
          epoch: 0,
          weights: { [key]: { min: 0, max: 1, counts: [1, 2] } },
        },
        { event: "stop", time: 2_000_003, step: 10, why: "error", by: why },
      ];
      const { ask, json } = await makeBoard({ a: events });
      await ask("/api/act", { run: "a", act: "note", note: why, tags: [tag] });
      const answers = [await ask("/api/runs"), await ask("/api/run?id=a"), await ask("/api/log?id=a")];
      for (const answer of answers) {
        expect(answer.headers.get("content-type")).toContain("application/json");
        JSON.parse(await answer.text());
      }
      const curves = await json<Curves[]>("/api/curves", {
        runs: ["a"],
        keys: [key],
        x: "step",
        from: null,
        to: null,
        points: 9,
      });
      expect(curves).toHaveLength(1);
      const { html } = await json<{ html: string }>("/api/page", { runs: ["a"] });
      expect(html.match(/<\/?script/g)).toEqual(["<script", "</script", "<script", "</script"]);
      expect(html).not.toContain("<img");
      const saved = /id="pawl-saved">(.*)<\/script>\n<script/s.exec(html)![1]!;
      expect((JSON.parse(saved) as { pages: RunPage[] }).pages[0]!.row.why).toBe(JSON.parse(JSON.stringify(why)));
    }),
    { numRuns: 60 },
  );
});

test("JSON in a page ends no element", () => {
  fc.assert(
    fc.property(fc.jsonValue(), text, (value, name) => {
      const html = inHtml({ [name]: value, list: NASTY });
      expect(html).not.toMatch(/[<\u2028\u2029]/);
      expect(JSON.parse(html)).toEqual(JSON.parse(JSON.stringify({ [name]: value, list: NASTY })));
    }),
  );
});

test("a drawing has names as text alone", () => {
  for (const name of NASTY) {
    const runs = [{ id: name, mean: [1, 2], min: null, max: null, notFinite: false }];
    const curves = { key: name, x: [1, 2], thinned: false, runs };
    const svg = drawCurves(curves, { x: "step", smooth: 0, logX: false, logY: false }, () => name);
    expect(svg).not.toMatch(/<(script|img|!--)/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold
    expect(svg).not.toMatch(/[\u0000-\u0008\u001b]/);
  }
});

test("a record that is no record is a run like others", async () => {
  const garbage = fc.uint8Array({ maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(garbage, async (bytes) => {
      const { vfs, board, ask } = await makeBoard({ good: recordOf(), bad: [] });
      await vfs.writeFile("runs/bad/log.jsonl", bytes);
      await board.refresh();
      for (const path of ["/api/runs", "/api/run?id=bad", "/api/log?id=bad", "/api/run?id=good"]) {
        expect((await ask(path)).status).toBe(200);
      }
    }),
    { numRuns: 40 },
  );
});

test("links that lead out of the folder are not followed, those inside are", async () => {
  const root = mkdtempSync(join(tmpdir(), "pawl-board-"));
  const runs = join(root, "runs");
  for (const folder of ["runs/a", "runs/stolen", "outside"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(runs, "a/log.jsonl"), lines(recordOf()));
  writeFileSync(join(root, "outside/log.jsonl"), lines(recordOf()));
  writeFileSync(join(root, "secret"), "secret\n");
  symlinkSync(join(root, "outside"), join(runs, "b"));
  symlinkSync(join(runs, "a"), join(runs, "again"));
  symlinkSync(join(root, "secret"), join(runs, "stolen/log.jsonl"));
  symlinkSync("/nowhere", join(runs, "dangling"));
  const vfs = await confined(nodeVfs(), runs);
  const board = new Board(vfs, runs);
  await board.refresh();
  const table = JSON.parse(board.table.json()) as Table;
  expect(table.rows.map(({ id }) => id)).toEqual(["a", "again", "stolen"]);
  expect(await logPart(vfs, join(runs, "stolen"), null)).toEqual({ lines: [], before: null });
  expect(JSON.stringify(await board.page("stolen"))).not.toContain("secret");
  expect(board.table.pathOf("b")).toBeUndefined();
});
