import { spawnSync } from "node:child_process";
import { beforeEach, describe, expect, it } from "vitest";
import { faultyVfs } from "../../test/support/faulty-vfs.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { memoryVfs } from "../core/vfs-memory.js";
import { Lock } from "./lock.js";
import { thisOwner } from "./owner.js";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The id of a process of this machine that has ended. */
async function deadOwner(): Promise<Awaited<ReturnType<typeof thisOwner>>> {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  return { ...(await thisOwner()), pid, start: "1" };
}

const deadOwnerOnce = deadOwner();

describe("Lock", () => {
  const timing = { beat: 5, patience: 40 };
  const hold = (owner: Json, beat = 0): Uint8Array => utf8(JSON.stringify({ owner, beat }));
  let disk: Vfs;
  beforeEach(async () => {
    disk = memoryVfs();
    await disk.makeFolder("/run");
  });

  it("is not held by a dead owner", async () => {
    await disk.writeFile("/run/lock.7", hold({ ...(await deadOwner()) }));
    const lock = await Lock.take(disk, "/run", timing);
    expect(await disk.list("/run")).toEqual(["lock.8"]);
    await lock.release();
  });

  it("is held by an owner on another machine as long as it gives signs of life", async () => {
    const elsewhere = { ...(await thisOwner()), host: "elsewhere" };
    await disk.writeFile("/run/lock.1", hold(elsewhere));
    let beat = 0;
    const alive = setInterval(() => void disk.writeFile("/run/lock.1", hold(elsewhere, ++beat)), 5);
    await expect(Lock.take(disk, "/run", timing)).rejects.toThrow(/in use by process \d+ on elsewhere/);
    clearInterval(alive);
    await (await Lock.take(disk, "/run", timing)).release();
  });

  it("gives signs of life", async () => {
    const lock = await Lock.take(disk, "/run", timing);
    const before = text(await disk.readFile("/run/lock.1"));
    await expect.poll(async () => text(await disk.readFile("/run/lock.1")), { interval: 5 }).not.toBe(before);
    await lock.release();
    expect(await disk.list("/run")).toEqual([]);
  });

  it("goes to at most one of many processes that take it at once", async () => {
    for (let round = 0; round < 20; round++) {
      await disk.writeFile(`/run/lock.${round + 1}`, hold({ ...(await deadOwnerOnce) }));
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => Lock.take(disk, "/run", timing)));
      const won = tries.filter((attempt) => attempt.status === "fulfilled");
      expect(won.length).toBe(1);
      for (const { value } of won) await value.release();
      for (const name of await disk.list("/run")) await disk.remove(`/run/${name}`);
    }
  });

  it("is never seen half written, neither when created nor when renewed", async () => {
    const calls = faultyVfs(disk);
    const lock = await Lock.take(calls, "/run", timing);
    await expect.poll(() => calls.calls.some((call) => call.startsWith("rename")), { interval: 5 }).toBe(true);
    await lock.release();
    expect(calls.calls.filter((call) => /^(writeFile|createExclusive|appendFile) \/run\/lock/.test(call))).toEqual([]);
    expect(await disk.list("/run")).toEqual([]);
  });

  /** How often a leftover lock is read before it is taken; waiting for a beat would take 5 s per look. */
  async function looksAt(left: Uint8Array): Promise<number> {
    await disk.writeFile("/run/lock.3", left);
    const files = faultyVfs(disk);
    const lock = await Lock.take(files, "/run");
    expect(await disk.list("/run")).toEqual(["lock.4"]);
    await lock.release();
    return files.calls.filter((call) => call === "readFile /run/lock.3").length;
  }

  it("is taken after a second when a crash of the machine left one without an owner", async () => {
    for (const left of ["", '{"owner":{}}']) expect(await looksAt(utf8(left))).toBe(11);
  });

  it("of a process that has ended, or whose id another process has now, is taken at once", async () => {
    const self = await thisOwner();
    const before = { ...self, start: "1" };
    const otherBoot = { ...self, boot: "00000000-0000-0000-0000-000000000000" };
    for (const owner of [await deadOwner(), before, otherBoot]) expect(await looksAt(hold({ ...owner }))).toBe(1);
  });

  it("says whom it waits for", async () => {
    const elsewhere = { ...(await thisOwner()), host: "elsewhere" };
    await disk.writeFile("/run/lock.1", hold(elsewhere));
    const told: string[] = [];
    const lock = await Lock.take(disk, "/run", { ...timing, tell: (text) => told.push(text) });
    await lock.release();
    expect(told).toEqual([
      `"/run" was last in use by process ${elsewhere.pid} on elsewhere, which cannot be looked at from here. ` +
        "Waiting 0.04 s for a sign of life from it before going on.",
    ]);
  });

  it.each(["EPERM", "ENOTSUP", "ENOSYS"])(
    "works without hard links where the file system has none (%s)",
    async (code) => {
      const plain = faultyVfs(disk, { at: 0, code, counts: (operation) => operation === "link" });
      const lock = await Lock.take(plain, "/run", timing);
      expect(await disk.list("/run")).toEqual(["lock.1"]);
      await lock.release();
    },
  );

  it("says that the folder cannot be written", async () => {
    for (const failing of ["createExclusive", "fsync", "link"]) {
      const readOnly = faultyVfs(disk, { at: 0, code: "EROFS", counts: (operation) => operation === failing });
      await expect(Lock.take(readOnly, "/run", timing)).rejects.toThrow(
        'Cannot lock "/run": the folder or file cannot be written',
      );
      expect(await disk.list("/run")).toEqual([]);
    }
  });
});
