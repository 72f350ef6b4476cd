import { describe, expect, test } from "vitest";
import { makeBoard, recordOf, TOKEN } from "./support.js";

const NOTE = { run: "a", act: "note", note: "n", tags: [] };

describe("who may ask", () => {
  test("every answer has the headers that keep a page to itself", async () => {
    const { ask } = await makeBoard({ a: recordOf() });
    for (const path of ["/", "/app.js", "/api/runs", "/nowhere", "/api/run?id=x"]) {
      const { headers } = await ask(path);
      const policy = headers.get("content-security-policy")!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|http/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  test.each(["evil.example", "evil.example:7295", "127.0.0.1.evil.example", "localhost.evil", "192.168.0.7:7295", ""])(
    "a host of another name is refused: %s",
    async (host) => {
      const { ask } = await makeBoard({ a: recordOf() });
      for (const path of ["/", "/api/runs"]) {
        const answer = await ask(path, undefined, { host, origin: `http://${host}` });
        expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
          403,
          "unknown-host",
        ]);
      }
    },
  );

  test.each(["127.0.0.1:7295", "localhost:1", "[::1]:7295", "127.0.0.1"])(
    "this machine by its name: %s",
    async (host) => {
      const { ask } = await makeBoard({ a: recordOf() });
      expect((await ask("/api/runs", undefined, { host })).status).toBe(200);
    },
  );

  test("a page of elsewhere may not even read", async () => {
    const { ask } = await makeBoard({ a: recordOf() });
    for (const site of ["cross-site", "same-site"]) {
      expect((await ask("/api/runs", undefined, { "sec-fetch-site": site })).status).toBe(403);
    }
  });

  test.each([
    ["no token", { "x-pawl-token": "" }, 401],
    ["a wrong token", { "x-pawl-token": `${TOKEN}x` }, 401],
    ["a part of the token", { "x-pawl-token": TOKEN.slice(0, -1) }, 401],
    ["no origin", { origin: "" }, 403],
    ["another origin", { origin: "http://evil.example" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:3000" }, 403],
    ["the origin of a file", { origin: "null" }, 403],
  ])("nothing is changed with %s", async (_, headers, status) => {
    const { ask, vfs } = await makeBoard({ a: recordOf() });
    expect((await ask("/api/act", NOTE, headers)).status).toBe(status);
    expect(await vfs.stat("runs/a/notes.json")).toBeUndefined();
    expect((await ask("/api/act", NOTE)).status).toBe(200);
    expect(await vfs.stat("runs/a/notes.json")).toBeDefined();
  });

  test("the token in an address changes nothing, for addresses are kept in many places", async () => {
    const { ask } = await makeBoard({ a: recordOf() });
    expect((await ask(`/api/act?token=${TOKEN}`, NOTE, { "x-pawl-token": "" })).status).toBe(401);
  });

  test("reading takes the token where other machines reach the server", async () => {
    const { ask } = await makeBoard({ a: recordOf() }, { remote: true });
    const host = "192.168.0.7:7295";
    expect((await ask("/api/runs", undefined, { host, "x-pawl-token": "" })).status).toBe(401);
    expect((await ask("/api/runs", undefined, { host })).status).toBe(200);
    expect((await ask(`/api/runs?token=${TOKEN}`, undefined, { host, "x-pawl-token": "" })).status).toBe(200);
    expect((await ask("/api/runs", undefined, { host: "evil.example" })).status).toBe(403);
  });

  test("a form of another page is no question", async () => {
    const { ask } = await makeBoard({ a: recordOf() });
    const answer = await ask("/api/act", JSON.stringify(NOTE), { "content-type": "text/plain" });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: { code: "wrong-request", message: "The question is no JSON. Send application/json." } },
    ]);
  });

  test("a question of any length takes bounded memory", async () => {
    const { ask } = await makeBoard({ a: recordOf() });
    const answer = await ask("/api/act", { ...NOTE, note: "x".repeat(2 ** 21) });
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      "too-large",
    ]);
  });
});
