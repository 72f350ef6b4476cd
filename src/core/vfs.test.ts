import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
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
  it("keeps files: whole, in ranges, appended to, cut, renamed, removed", async () => {
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

  it("creates a file only once when asked to", async () => {
    await vfs.createExclusive(`${folder}/once`, bytes(1));
    await expect(vfs.createExclusive(`${folder}/once`, bytes(2))).rejects.toThrow(failure("EEXIST"));
    expect(await vfs.readFile(`${folder}/once`)).toEqual(bytes(1));
  });

  it("gives a file a second name that is free, whole", async () => {
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

  it("gives copies", async () => {
    const given = bytes(1, 2, 3);
    await vfs.writeFile(`${folder}/copy`, given);
    given[0] = 9;
    (await vfs.readFile(`${folder}/copy`))[1] = 9;
    expect(await vfs.readFile(`${folder}/copy`)).toEqual(bytes(1, 2, 3));
  });
});
