import { expect, test } from "vitest";
import type { Table, TableChange } from "../../src/board/wire.js";
import { lines, makeBoard, recordOf, type World } from "./support.js";

/** Reads events of a stream until there are so many, and ends it. */
async function events(
  { ask }: World,
  since: string,
  many: number,
  headers = {},
): Promise<{ event: string; id: string; data: string }[]> {
  const answer = await ask(`/api/events?since=${since}`, undefined, headers);
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  let text = "";
  while (text.split("\n\n").length <= many) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text
    .split("\n\n")
    .filter((part) => part.includes("event:"))
    .map((part) => {
      const field = (name: string): string => new RegExp(`^${name}: ?(.*)$`, "m").exec(part)?.[1] ?? "";
      return { event: field("event"), id: field("id"), data: field("data") };
    });
}

test("a page gets what has changed since the revision that it has", async () => {
  const world = await makeBoard({ a: recordOf(), b: recordOf() });
  const table = await world.json<Table>("/api/runs");
  await world.vfs.writeFile("runs/b/log.jsonl", lines(recordOf(5)));
  await world.vfs.makeFolder("runs/c");
  await world.vfs.writeFile("runs/c/log.jsonl", lines(recordOf()));
  await world.board.refresh();
  const [first] = await events(world, `${table.session}.${table.revision}`, 1);
  const change = JSON.parse(first!.data) as TableChange;
  expect([first!.event, change.rows.map(({ id }) => id), change.gone]).toEqual(["runs", ["b", "c"], []]);
  expect(first!.id).toBe(`${table.session}.${change.revision}`);
});

test("after a break it goes on from the last event that the page had", async () => {
  const world = await makeBoard({ a: recordOf() });
  const table = await world.json<Table>("/api/runs");
  await world.vfs.writeFile("runs/a/log.jsonl", lines(recordOf(5)));
  await world.board.refresh();
  const middle = world.board.table.revision;
  await world.vfs.makeFolder("runs/c");
  await world.vfs.writeFile("runs/c/log.jsonl", lines(recordOf()));
  await world.vfs.remove("runs/a/log.jsonl");
  await world.board.refresh();
  const [first] = await events(world, `${table.session}.${table.revision}`, 1, {
    "last-event-id": `${table.session}.${middle}`,
  });
  const change = JSON.parse(first!.data) as TableChange;
  expect([change.rows.map(({ id }) => id), change.gone]).toEqual([["c"], ["a"]]);
});

test("while somebody listens the folder is looked at, and afterwards not", async () => {
  const world = await makeBoard({ a: recordOf() });
  const table = await world.json<Table>("/api/runs");
  const waiting = events(world, `${table.session}.${table.revision}`, 1);
  await world.vfs.writeFile("runs/a/log.jsonl", lines(recordOf(9)));
  const [first] = await waiting;
  expect((JSON.parse(first!.data) as TableChange).rows.map(({ id }) => id)).toEqual(["a"]);
  expect(world.board.listeners).toBe(0);
  world.board.close();
});

test.each(["", "another.3", "x", "another.NaN"])("a page of another server's life begins anew: %s", async (since) => {
  const world = await makeBoard({ a: recordOf() });
  expect((await events(world, since, 1)).map(({ event }) => event)).toEqual(["anew"]);
});

test("a look that finds the same changes nothing", async () => {
  const { board } = await makeBoard({ a: recordOf() });
  const { revision } = board.table;
  await board.refresh();
  expect([board.table.revision, board.changesSince(revision)]).toEqual([revision, null]);
});
