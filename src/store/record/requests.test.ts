import { expect, test } from "vitest";
import { memoryVfs } from "../../core/vfs-memory.js";
import { leaveRequest, openRequests, pinsOf, removePin, setPin, takeRequests } from "./requests.js";

const RUN = "runs/a";

test("a request is answered once, however often it was made", async () => {
  const vfs = memoryVfs();
  await leaveRequest(vfs, RUN, { kind: "stop", time: 1, by: "somebody" });
  await leaveRequest(vfs, RUN, { kind: "stop", time: 2, by: "the board" });
  await leaveRequest(vfs, RUN, { kind: "save", time: 3, by: "the board" });
  expect((await openRequests(vfs, RUN)).map(({ kind }) => kind)).toEqual(["stop", "save"]);
  const taken = await takeRequests(vfs, RUN);
  expect(taken.map(({ kind, time, by }) => [kind, time, by])).toEqual([
    ["stop", 2, "the board"],
    ["save", 3, "the board"],
  ]);
  expect(await takeRequests(vfs, RUN)).toEqual([]);
});

test("a request without contents, with others, or far too long counts by its name", async () => {
  const vfs = memoryVfs();
  for (const text of ["", "null", "[]", '{"time":"x","by":7}', `{"by":"${"x".repeat(1e6)}"}`]) {
    await vfs.makeFolder(RUN);
    await vfs.writeFile(`${RUN}/request-save`, new TextEncoder().encode(text));
    const [taken] = await takeRequests(vfs, RUN);
    expect([taken?.kind, taken?.time, taken?.by]).toEqual(["save", 0, ""]);
  }
});

test("pins are by step, and a pin that cannot be read still pins", async () => {
  const vfs = memoryVfs();
  expect(await pinsOf(vfs, RUN)).toEqual([]);
  await setPin(vfs, RUN, { step: 1200, time: 5, by: "the board", why: "before the schedule" });
  await setPin(vfs, RUN, { step: 9, time: 6, by: "the board", why: "" });
  await vfs.writeFile(`${RUN}/pin-40.json`, new TextEncoder().encode("{"));
  await vfs.writeFile(`${RUN}/pin-x.json`, new TextEncoder().encode("{}"));
  expect((await pinsOf(vfs, RUN)).map(({ step, why }) => [step, why])).toEqual([
    [9, ""],
    [40, ""],
    [1200, "before the schedule"],
  ]);
  await removePin(vfs, RUN, 1200);
  await removePin(vfs, RUN, 1200);
  expect((await pinsOf(vfs, RUN)).map(({ step }) => step)).toEqual([9, 40]);
});
