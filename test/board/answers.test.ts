import { expect, test } from "vitest";
import type { Curves, LogPart, Refusal, RunPage, Table, Verdict } from "../../src/board/wire.js";
import { Lock } from "../../src/store/lock.js";
import { pinsOf, takeRequests } from "../../src/store/record/requests.js";
import { checkpoint, lines, makeBoard, recordOf, START } from "./support.js";

test("the table has a row for each run, with its last values and settings", async () => {
  const { json } = await makeBoard({ a: recordOf(), "deep/er/b": recordOf(2) });
  const table = await json<Table>("/api/runs");
  expect(table.folder).toBe("runs");
  expect(table.rows.map(({ id, state, step, steps, epoch }) => [id, state, step, steps, epoch])).toEqual([
    ["a", "finished", 30, 30, 3],
    ["deep/er/b", "finished", 30, 30, 3],
  ]);
  const loss = table.metrics.indexOf("loss");
  expect(table.rows.map(({ last }) => last[loss])).toEqual([0.3333333, 0.6666667]);
  expect(table.settings).toEqual(["fit.batchSize"]);
});

test("a run that cannot be read is a row that says so, and the others go on", async () => {
  const { vfs, board, json } = await makeBoard({ a: recordOf() });
  await vfs.makeFolder("runs/cut");
  await vfs.writeFile("runs/cut/log.jsonl", new TextEncoder().encode('{"event":"sta'));
  await vfs.makeFolder("runs/notes");
  await vfs.writeFile("runs/notes/log.jsonl", lines(recordOf()));
  await vfs.writeFile("runs/notes/notes.json", new TextEncoder().encode("{"));
  await board.refresh();
  const { rows } = await json<Table>("/api/runs");
  expect(rows.map(({ id, state }) => [id, state])).toEqual([
    ["a", "finished"],
    ["cut", "unfinished"],
    ["notes", "unreadable"],
  ]);
  expect(rows[2]!.why).toContain("notes");
});

test("a parent is found by its path, also when its program ran in another folder", async () => {
  const child = (run: string) => [
    { ...START, parent: { run, step: 10, file: "f", state: "s" }, changes: ["rate: 1 -> 2"] },
  ];
  const { json } = await makeBoard({
    a: recordOf(),
    b: child("runs/a"),
    c: child("/elsewhere/runs/a"),
    d: child("gone/x"),
  });
  const { rows } = await json<Table>("/api/runs");
  expect(rows.slice(1).map(({ parent, changes }) => [parent, changes])).toEqual([
    [{ run: "a", step: 10, here: true }, ["rate: 1 -> 2"]],
    [{ run: "a", step: 10, here: true }, ["rate: 1 -> 2"]],
    [{ run: "gone/x", step: 10, here: false }, ["rate: 1 -> 2"]],
  ]);
});

const ALL = { from: null, to: null, points: 100 };

test("curves of several runs stand at the same places", async () => {
  const { json } = await makeBoard({ a: recordOf(), b: recordOf(3) });
  const ask = (x: string): Promise<Curves[]> =>
    json("/api/curves", { runs: ["a", "gone", "b"], keys: ["loss"], x, ...ALL });
  const [steps] = await ask("step");
  expect(steps!.x).toEqual([10, 20, 30]);
  expect(steps!.runs.map(({ id, mean }) => [id, mean])).toEqual([
    ["a", [1, 1 / 2, 1 / 3]],
    ["b", [3, 3 / 2, 1]],
  ]);
  expect((await ask("epoch"))[0]!.x).toEqual([1, 2, 3]);
  expect((await ask("time"))[0]!.x).toEqual([10, 20, 30]);
});

test("one run's page says what is there, what was, and what is asked for", async () => {
  const { vfs, json } = await makeBoard({ a: recordOf() });
  const page = (): Promise<RunPage> => json("/api/run?id=a");
  expect((await page()).checkpoints.map(({ step, there }) => [step, there])).toEqual([[30, false]]);
  await vfs.writeFile("runs/a/checkpoint-000001-step-30.pawl", await checkpoint());
  const now = await page();
  expect(now.checkpoints[0]!.there).toBe(true);
  expect([now.path, now.starts.length, now.keys, now.skipped]).toEqual([
    "runs/a",
    1,
    ["seconds", "learning_rate", "loss"],
    0,
  ]);
});

test("a verdict is of the file as it is now", async () => {
  const { vfs, json } = await makeBoard({ a: recordOf() });
  const file = "checkpoint-000001-step-30.pawl";
  const verdict = async (name = file): Promise<string> =>
    (await json<Verdict>(`/api/verify?id=a&file=${encodeURIComponent(name)}`)).verdict;
  expect(await verdict()).toBe("gone");
  const bytes = await checkpoint();
  await vfs.writeFile(`runs/a/${file}`, bytes);
  expect(await verdict()).toBe("intact");
  bytes[bytes.length - 80]! ^= 1;
  await vfs.writeFile(`runs/a/${file}`, bytes);
  expect(await verdict()).toBe("damaged");
  await vfs.writeFile("runs/secret.pawl", bytes);
  for (const name of ["../secret.pawl", "log.jsonl", "", "/etc/passwd", "..\\secret.pawl"])
    expect(await verdict(name)).toBe("gone");
});

test("the record comes in parts, each line once", async () => {
  const events = Array.from({ length: 3000 }, (_, step) => ({
    event: "batch",
    time: 1,
    step,
    epoch: 0,
    batch: step,
    logs: { loss: step },
    rates: {},
    stepMs: null,
  }));
  const { json } = await makeBoard({ a: events });
  const found: string[] = [];
  let before: number | null = null;
  do {
    const part: LogPart = await json(`/api/log?id=a${before === null ? "" : `&before=${before}`}`);
    found.unshift(...part.lines);
    before = part.before;
  } while (before !== null);
  expect(found).toEqual(events.map((event) => JSON.stringify(event)));
});

test.each(["", "nowhere", "../runs/a", "a/../a", "/etc", "a/", "__proto__", "constructor"])(
  "an id that is no run's leads nowhere: %s",
  async (id) => {
    const { ask } = await makeBoard({ a: recordOf() });
    for (const path of ["run", "log", "histograms", "verify"]) {
      const answer = await ask(`/api/${path}?id=${encodeURIComponent(id)}`);
      expect([answer.status, ((await answer.json()) as Refusal).error.code]).toEqual([404, "no-run"]);
    }
    expect((await ask("/api/act", { run: id, act: "note", note: "x", tags: [] })).status).toBe(404);
  },
);

test("a request is left in the folder of a run that is running, and refused by others", async () => {
  const { vfs, ask } = await makeBoard({ a: recordOf() });
  const stop = { run: "a", act: "stop" };
  const refused = await ask("/api/act", stop);
  expect([refused.status, ((await refused.json()) as Refusal).error.message]).toEqual([
    409,
    '"a" cannot be asked to stop: no process trains in it. Expected: a run that is running. Start its program again first.',
  ]);
  const lock = await Lock.take(vfs, "runs/a");
  expect((await ask("/api/act", stop)).status).toBe(200);
  expect((await ask("/api/act", { run: "a", act: "save" })).status).toBe(200);
  expect((await takeRequests(vfs, "runs/a")).map(({ kind, by }) => [kind, by])).toEqual([
    ["stop", "pawl board"],
    ["save", "pawl board"],
  ]);
  await lock.release();
});

test("a pin, a note and tags are kept beside the record", async () => {
  const { vfs, ask, json } = await makeBoard({ a: recordOf() });
  await ask("/api/act", { run: "a", act: "pin", step: 30, why: "best" });
  await ask("/api/act", { run: "a", act: "note", note: "good", tags: ["x", "y"] });
  expect((await pinsOf(vfs, "runs/a")).map(({ step, why }) => [step, why])).toEqual([[30, "best"]]);
  const page = await json<RunPage>("/api/run?id=a");
  expect([page.row.note, page.row.tags, page.checkpoints[0]!.pin?.why]).toEqual(["good", ["x", "y"], "best"]);
  await ask("/api/act", { run: "a", act: "unpin", step: 30 });
  expect(await pinsOf(vfs, "runs/a")).toEqual([]);
});

test("a run is deleted when its name is written and nobody trains in it; other files stay", async () => {
  const { vfs, ask, json } = await makeBoard({ a: recordOf(), b: recordOf() });
  await vfs.writeFile("runs/a/thesis.txt", new Uint8Array(1));
  const remove = (confirm: string): Promise<Response> => ask("/api/act", { run: "a", act: "delete", confirm });
  expect((await remove("b")).status).toBe(400);
  const lock = await Lock.take(vfs, "runs/a");
  expect((await remove("a")).status).toBe(409);
  await lock.release();
  expect((await remove("a")).status).toBe(200);
  expect(await vfs.list("runs/a")).toEqual(["thesis.txt"]);
  expect((await json<Table>("/api/runs")).rows.map(({ id }) => id)).toEqual(["b"]);
});

test.each([
  null,
  [],
  {},
  { run: "a" },
  { run: "a", act: "explode" },
  { run: 7, act: "stop" },
  { run: "a", act: "pin", step: -1, why: "" },
  { run: "a", act: "pin", step: 1e300, why: "" },
  { run: "a", act: "note", note: "x", tags: "x" },
  { run: "a", act: "note", note: "x", tags: [7] },
])("a wrong action is refused: %j", async (action) => {
  const { ask } = await makeBoard({ a: recordOf() });
  const answer = await ask("/api/act", action);
  expect([answer.status, ((await answer.json()) as Refusal).error.code]).toEqual([400, "wrong-request"]);
});

test.each([
  { runs: ["a"], keys: ["loss"], x: "step", from: null, to: null },
  { runs: ["a"], keys: ["loss"], x: "step", from: null, to: null, points: 1e9 },
  { runs: ["a"], keys: ["loss"], x: "clock", from: null, to: null, points: 100 },
  { runs: "a", keys: ["loss"], x: "step", from: null, to: null, points: 100 },
  { runs: ["a"], keys: ["loss"], x: "step", from: "0", to: null, points: 100 },
])("a wrong question for curves is refused: %j", async (question) => {
  const { ask } = await makeBoard({ a: recordOf() });
  expect((await ask("/api/curves", question)).status).toBe(400);
});
