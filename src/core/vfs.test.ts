import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryVfs } from "./vfs-memory.js";
import { nodeVfs } from "./vfs-node.js";

const root = mkdtempSync(join(tmpdir(), "pawl-vfs-"));
afterAll(() => rmSync(root, { recursive: true }));

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const failure = (code: string): unknown => expect.objectContaining({ code });

describe.each([
  ["nodeVfs", nodeVfs(), `${root}/a`],
  ["memoryVfs", memoryVfs(), "/x/a"],
])("%s", (_, vfs, folder) => {
  it("writes, reads in ranges, appends, truncates, renames and removes files", async () => {
    await vfs.makeFolder(`${folder}/deep/er`);
    await vfs.makeFolder(folder);
    const file = `${folder}/f`;
    await vfs.writeFile(file, [bytes(1, 2), bytes(), bytes(3)]);
    await vfs.fsync(file);
    await vfs.fsyncFolder(folder);
    await vfs.appendFile(file, bytes(4, 5));
    expect(await vfs.readFile(file)).toEqual(bytes(1, 2, 3, 4, 5));
    expect(await vfs.readRange(file, 3, 10)).toEqual(bytes(4, 5));
    expect(await vfs.readRange(file, 9, 2)).toEqual(bytes());
    await vfs.truncate(file, 2);
    expect(await vfs.stat(file)).toMatchObject({ kind: "file", size: 2 });
    await vfs.writeFile(`${folder}/g`, bytes(9));
    await vfs.rename(file, `${folder}/g`);
    expect(await vfs.readFile(`${folder}/g`)).toEqual(bytes(1, 2));
    expect(await vfs.stat(file)).toBeUndefined();
    expect(await vfs.list(folder)).toEqual(["deep", "g"]);
    await vfs.remove(`${folder}/g`);
    expect(await vfs.list(folder)).toEqual(["deep"]);
    expect(await vfs.stat(`${folder}/deep`)).toMatchObject({ kind: "folder" });
  });

  it.each([100, 200_000])("gives ranges of a file of %i bytes that its size decides", async (size) => {
    const file = `${folder}/sampled`;
    const contents = Uint8Array.from({ length: size }, (_, i) => i % 251);
    await vfs.writeFile(file, contents);
    const sample = await vfs.sample?.(file, (found) => [
      [0, 10],
      [found - 5, 50],
      [found + 1, 5],
    ]);
    // Memory has none: readRange is as fast there.
    if (vfs.sample === undefined) return;
    expect(sample?.size).toBe(size);
    expect(sample?.parts.map((part) => [...part])).toEqual([
      [...contents.subarray(0, 10)],
      [...contents.subarray(size - 5)],
      [],
    ]);
    await expect(vfs.sample(folder, () => [[0, 1]])).rejects.toThrow(failure("EISDIR"));
    await expect(vfs.sample(`${folder}/none`, () => [[0, 1]])).rejects.toThrow(failure("ENOENT"));
    await vfs.remove(file);
  });

  it("creates a file only once when asked to", async () => {
    await vfs.createExclusive(`${folder}/once`, bytes(1));
    await expect(vfs.createExclusive(`${folder}/once`, bytes(2))).rejects.toThrow(failure("EEXIST"));
    expect(await vfs.readFile(`${folder}/once`)).toEqual(bytes(1));
  });

  it("gives a file a second name if that name is free", async () => {
    await vfs.writeFile(`${folder}/one`, bytes(1, 2));
    await vfs.link(`${folder}/one`, `${folder}/two`);
    await vfs.remove(`${folder}/one`);
    expect(await vfs.readFile(`${folder}/two`)).toEqual(bytes(1, 2));
    await vfs.writeFile(`${folder}/three`, bytes(3));
    await expect(vfs.link(`${folder}/three`, `${folder}/two`)).rejects.toThrow(failure("EEXIST"));
    await expect(vfs.link(`${folder}/none`, `${folder}/four`)).rejects.toThrow(failure("ENOENT"));
    for (const name of ["two", "three"]) await vfs.remove(`${folder}/${name}`);
  });

  it("fails with Node's codes", async () => {
    await expect(vfs.readFile(`${folder}/none`)).rejects.toThrow(failure("ENOENT"));
    await expect(vfs.writeFile(`${folder}/none/f`, bytes())).rejects.toThrow(failure("ENOENT"));
    await expect(vfs.writeFile(`${folder}/deep`, bytes())).rejects.toThrow(failure("EISDIR"));
    await expect(vfs.writeFile(`${folder}/once/f`, bytes())).rejects.toThrow(failure("ENOTDIR"));
    await expect(vfs.rename(`${folder}/none`, `${folder}/f`)).rejects.toThrow(failure("ENOENT"));
    await expect(vfs.remove(`${folder}/none`)).rejects.toThrow(failure("ENOENT"));
    await expect(vfs.list(`${folder}/none`)).rejects.toThrow(failure("ENOENT"));
    await expect(vfs.list(`${folder}/once`)).rejects.toThrow(failure("ENOTDIR"));
    expect(await vfs.stat(`${folder}/once/f`)).toBeUndefined();
  });

  it("returns copies", async () => {
    const given = bytes(1, 2, 3);
    await vfs.writeFile(`${folder}/copy`, given);
    given[0] = 9;
    (await vfs.readFile(`${folder}/copy`))[1] = 9;
    expect(await vfs.readFile(`${folder}/copy`)).toEqual(bytes(1, 2, 3));
  });
});

describe.skipIf(process.platform === "win32")("nodeVfs, where there is no plain file", () => {
  const vfs = nodeVfs();
  const folder = join(root, "odd");
  const path = (name: string): string => join(folder, name);
  beforeAll(() => {
    mkdirSync(folder);
    execFileSync("mkfifo", [path("pipe")]);
    writeFileSync(path("victim"), "precious");
    symlinkSync(path("victim"), path("link"));
  });

  const TOUCHES: readonly [name: string, touch: (at: string) => Promise<unknown>][] = [
    ["readFile", (at) => vfs.readFile(at)],
    ["readRange", (at) => vfs.readRange(at, 0, 4)],
    ["writeFile", (at) => vfs.writeFile(at, bytes(1))],
    ["appendFile", (at) => vfs.appendFile(at, bytes(1))],
    ["truncate", (at) => vfs.truncate(at, 0)],
    ["fsync", (at) => vfs.fsync(at)],
  ];

  it.each(TOUCHES)("%s neither waits for a pipe nor touches a device", async (_, touch) => {
    await expect(touch(path("pipe"))).rejects.toThrow(failure("ENXIO"));
    await expect(touch("/dev/null")).rejects.toThrow(failure("ENXIO"));
    expect((await vfs.stat(path("pipe")))?.kind).toBe("other");
  });

  it("reads through links and writes through none", async () => {
    expect(await vfs.readFile(path("link"))).toHaveLength(8);
    await expect(vfs.createExclusive(path("link"), bytes(1))).rejects.toThrow(failure("EEXIST"));
    await expect(vfs.truncate(path("link"), 0)).rejects.toThrow(failure("ELOOP"));
    await vfs.appendFile(path("link"), bytes(1));
    expect(lstatSync(path("link")).isFile()).toBe(true);
    for (const write of [
      () => vfs.writeFile(path("link2"), bytes(2, 3)),
      () => vfs.appendFile(path("link2"), bytes(2, 3)),
    ]) {
      symlinkSync(path("victim"), path("link2"));
      await write();
      expect(await vfs.readFile(path("link2"))).toEqual(bytes(2, 3));
      await vfs.remove(path("link2"));
    }
    expect(readFileSync(path("victim"), "utf8")).toBe("precious");
  });

  it("creates files with the given permissions", async () => {
    for (const mode of [0o600, 0o640, 0o666]) {
      await vfs.createExclusive(path(`mode${mode}`), [bytes(1), bytes(2)], mode);
      expect(await vfs.stat(path(`mode${mode}`))).toMatchObject({ mode, size: 2 });
    }
  });
});
