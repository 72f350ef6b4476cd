import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_PORT, type ServeOptions, serveBoard } from "../../src/board/serve.js";
import { nodeVfs } from "../../src/core/vfs-node.js";
import { pawl, pawlJson } from "../cli/support.js";
import { lines, recordOf } from "./support.js";

function makeFolder(): { folder: string; options: ServeOptions } {
  const root = mkdtempSync(join(tmpdir(), "pawl-board-"));
  mkdirSync(join(root, "runs/a"), { recursive: true });
  mkdirSync(join(root, "page"));
  for (const name of ["index.html", "app.js", "app.css", "icon.svg"]) writeFileSync(join(root, "page", name), name);
  writeFileSync(join(root, "runs/a/log.jsonl"), lines(recordOf()));
  return {
    folder: join(root, "runs"),
    options: { host: "127.0.0.1", port: null, remote: false, assets: join(root, "page") },
  };
}

test("two boards on one folder each have a port, and both answer", async () => {
  const { folder, options } = makeFolder();
  const one = await serveBoard(nodeVfs(), folder, options);
  const two = await serveBoard(nodeVfs(), folder, options);
  try {
    expect(one.port).not.toBe(two.port);
    expect(two.taken).toBe(DEFAULT_PORT);
    for (const { port, address } of [one, two]) {
      expect(address).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#token=[\\w-]{24}$`));
      const answer = await fetch(`http://127.0.0.1:${port}/api/runs`);
      expect(((await answer.json()) as { rows: { id: string }[] }).rows.map(({ id }) => id)).toEqual(["a"]);
    }
    expect(one.address.split("token=")[1]).not.toBe(two.address.split("token=")[1]);
  } finally {
    await one.close();
    await two.close();
  }
});

test("a port that was asked for and is in use is an error", async () => {
  const { folder, options } = makeFolder();
  const holder = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => holder.once("listening", resolve));
  const { port } = holder.address() as { port: number };
  const refused = serveBoard(nodeVfs(), folder, { ...options, port });
  await expect(refused).rejects.toMatchObject({ code: "port-in-use" });
  await expect(refused).rejects.toThrow(
    /Port \d+ of 127\.0\.0\.1 is in use\. .* Choose another one, or leave --port out: then the next free one is taken\./,
  );
  holder.close();
});

test("a page that was not built says how to get it", async () => {
  const { folder, options } = makeFolder();
  const broken = serveBoard(nodeVfs(), folder, { ...options, assets: join(folder, "nowhere") });
  await expect(broken).rejects.toMatchObject({ code: "no-page" });
});

test("the command refuses what it cannot serve", async () => {
  const { folder } = makeFolder();
  const root = join(folder, "..");
  const codes = [
    await pawlJson<{ error: { code: string } }>(root, ["board", "rns", "--no-open"]),
    await pawlJson<{ error: { code: string } }>(root, ["board", "--no-open", "--port", "http"]),
    await pawlJson<{ error: { code: string } }>(root, ["board", "--no-open", "--port", "70000"]),
    await pawlJson<{ error: { code: string } }>(root, ["board", "--no-open", "--host", "0.0.0.0"]),
  ];
  expect(codes.map(({ code, json }) => [code, json.error.code])).toEqual([
    [2, "no-file"],
    [2, "wrong-port"],
    [2, "wrong-port"],
    [2, "remote-host"],
  ]);
  expect((await pawl(root, ["board", "rns"])).stderr).toContain('Did you mean "runs"?');
});
