import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { faultyVfs } from "../../test/support/faulty-vfs.js";
import { StateError } from "../core/errors.js";
import type { StateValue } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { memoryVfs } from "../core/vfs-memory.js";
import { nodeVfs } from "../core/vfs-node.js";
import { commitFile, temporaryFor } from "./commit.js";
import { ownerToName, stateOf, thisOwner } from "./owner.js";
import type { RecordEvent } from "./record/events.js";
import { RunFolder } from "./run-folder.js";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** The id of a process of this machine that has ended. */
async function deadOwner(): Promise<Awaited<ReturnType<typeof thisOwner>>> {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  return { ...(await thisOwner()), pid, start: "1" };
}

const warning = (step: number): RecordEvent => ({ event: "warning", time: 0, step, text: "" });

describe("owners", () => {
  it("are alive, dead or unknown", async () => {
    const self = await thisOwner();
    expect(await stateOf(self)).toBe("alive");
    expect(await stateOf(await deadOwner())).toBe("dead");
    expect(await stateOf({ ...self, start: `${self.start}0` })).toBe("dead");
    expect(await stateOf({ ...self, boot: "another" })).toBe("dead");
    expect(await stateOf({ ...self, host: "elsewhere" })).toBe("unknown");
  });
});

describe("commitFile", () => {
  let disk: Vfs;
  beforeEach(async () => {
    disk = memoryVfs();
    await disk.makeFolder("/run");
    await disk.writeFile("/run/f", utf8("old"));
  });

  it("writes, syncs, renames and syncs the folder, in this order", async () => {
    const vfs = faultyVfs(disk);
    await commitFile(vfs, "/run/f", [utf8("ne"), utf8("w")]);
    expect(text(await disk.readFile("/run/f"))).toBe("new");
    const writes = vfs.calls.filter((call) => /^(createExclusive|fsync|rename|fsyncFolder) /.test(call));
    const temporary = /^createExclusive (\S+)$/.exec(writes[0]!)![1]!;
    expect(writes).toEqual([
      `createExclusive ${temporary}`,
      `fsync ${temporary}`,
      `rename ${temporary} -> /run/f`,
      "fsyncFolder /run",
    ]);
    expect(await disk.list("/run")).toEqual(["f"]);
  });

  it("makes missing folders and their entries durable", async () => {
    const vfs = faultyVfs(disk);
    await commitFile(vfs, "/run/a/b/f", utf8("x"));
    const calls = vfs.calls.map((call) => call.replace(/\.lock\.1~\S*/, "TEMPORARY"));
    expect(calls.filter((call) => call.startsWith("fsyncFolder"))).toEqual([
      "fsyncFolder /run",
      "fsyncFolder /run/a",
      "fsyncFolder /run/a/b",
    ]);
  });

  it("leaves only the old file, whichever operation fails", async () => {
    const clean = faultyVfs(disk);
    await commitFile(clean, "/run/f", utf8("old"));
    const steps = clean.calls.length;
    let failures = 0;
    for (const code of ["ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS"]) {
      for (let at = 0; at < steps; at++) {
        const vfs = faultyVfs(disk, { at, code, torn: 1 });
        const error = await commitFile(vfs, "/run/f", utf8("new")).catch((thrown: unknown) => thrown);
        const content = text(await disk.readFile("/run/f"));
        if (error === undefined) {
          // Only removing leftovers may fail unnoticed.
          expect(vfs.calls[at]).toBe("list /run");
          expect(content).toBe("new");
        } else {
          failures++;
          expect(error).toBeInstanceOf(StateError);
          expect((error as StateError).data["system"]).toBe(code);
          expect(content).toBe(vfs.calls[at]!.startsWith("fsyncFolder") ? "new" : "old");
        }
        expect(await disk.list("/run")).toEqual(["f"]);
        await disk.writeFile("/run/f", utf8("old"));
      }
    }
    expect(failures).toBe(5 * (steps - 1));
  });

  it("says what is wrong and how to fix it", async () => {
    const full = faultyVfs(disk, { at: 0, code: "ENOSPC", counts: (operation) => operation === "createExclusive" });
    await expect(commitFile(full, "/run/f", utf8("x"))).rejects.toThrow(
      'Cannot write "/run/f": the disk is full. Received: ENOSPC. Free some space, or keep fewer checkpoints.',
    );
    await expect(commitFile(disk, "/run", utf8("x"))).rejects.toThrow(
      'Cannot write "/run": there is a folder of that name. Received: EISDIR. Give the path of a file.',
    );
    await expect(commitFile(disk, "/run/f/g", utf8("x"))).rejects.toThrow("a part of the path is a file");
    await expect(commitFile(disk, "/run/f", utf8("x"), { overwrite: false })).rejects.toThrow(
      '"/run/f" exists already.',
    );
  });

  it("writes to unguessable names, and replaces a link instead of its target", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pawl-commit-"));
    const names = new Set<string>();
    for (let i = 0; i < 20; i++) names.add(await temporaryFor(join(folder, "f")));
    expect(names.size).toBe(20);
    for (const name of names) expect(name).toMatch(/\/\.f~[0-9a-f]{16}~/);
    writeFileSync(join(folder, "victim"), "precious", { mode: 0o640 });
    symlinkSync(join(folder, "victim"), join(folder, "f"));
    await commitFile(nodeVfs(), join(folder, "f"), utf8("new"));
    expect(lstatSync(join(folder, "f")).isFile()).toBe(true);
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("precious");
    rmSync(folder, { recursive: true });
  });

  it("keeps the permissions of a replaced file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pawl-commit-"));
    const path = join(folder, "f");
    for (const mode of [0o600, 0o644, 0o660]) {
      writeFileSync(path, "old");
      chmodSync(path, mode);
      await commitFile(nodeVfs(), path, utf8("new"));
      expect((lstatSync(path).mode & 0o777).toString(8)).toBe(mode.toString(8));
    }
    rmSync(folder, { recursive: true });
  });

  it("does not replace a pipe or a device", async () => {
    await expect(commitFile(nodeVfs(), "/dev/null", utf8("x"))).rejects.toThrow(
      'Cannot write "/dev/null": it is a pipe, a socket or a device, and no file.',
    );
    expect(lstatSync("/dev/null").isFile()).toBe(false);
  });

  it("removes only what dead writers left", async () => {
    const dead = ownerToName(await deadOwner());
    const alive = ownerToName(await thisOwner());
    const other = ownerToName({ ...(await thisOwner()), host: "elsewhere" });
    for (const owner of [dead, alive, other]) await disk.writeFile(`/run/.f~0~${owner}.pawl-tmp`, utf8("half"));
    await disk.writeFile("/run/.hidden", utf8("mine"));
    await commitFile(disk, "/run/f", utf8("new"));
    expect(await disk.list("/run")).toEqual(
      [`.f~0~${alive}.pawl-tmp`, `.f~0~${other}.pawl-tmp`, ".hidden", "f"].sort(),
    );
  });
});

describe("RunFolder", () => {
  let disk: Vfs;
  let run: RunFolder;
  const at = (step: number): StateValue => ({ json: { step }, tensors: { w: Tensor.full([4], step) } });
  const damage = async (path: string): Promise<void> => {
    const bytes = await disk.readFile(path);
    bytes[40]! ^= 1;
    await disk.writeFile(path, bytes);
  };
  beforeEach(() => {
    disk = memoryVfs();
    run = new RunFolder(disk, "/runs/a");
  });

  it("is empty when the folder does not exist", async () => {
    expect(await run.list()).toEqual([]);
    expect(await run.newestIntact()).toEqual({ found: null, damaged: [] });
  });

  it("finds the newest in the order of writing, not of steps", async () => {
    for (const step of [0, 10, 10, 9]) await run.commit(step, at(step));
    expect((await run.list()).map(({ ordinal, step }) => [ordinal, step])).toEqual([
      [0, 0],
      [1, 10],
      [2, 10],
      [3, 9],
    ]);
    const { found } = await run.newestIntact();
    expect(found!.entry).toMatchObject({ ordinal: 3, path: "/runs/a/checkpoint-000003-step-9.pawl" });
    expect(found!.state.json).toEqual({ step: 9 });
  });

  it("skips damaged checkpoints and names them", async () => {
    for (const step of [1, 2, 3]) await run.commit(step, at(step));
    const paths = (await run.list()).map(({ path }) => path);
    await damage(paths[2]!);
    const { found, damaged } = await run.newestIntact();
    expect(found!.entry.step).toBe(2);
    expect(damaged.map(({ path }) => path)).toEqual([paths[2]]);
    await damage(paths[0]!);
    await damage(paths[1]!);
    await expect(run.newestIntact()).rejects.toThrow('None of the 3 checkpoints in "/runs/a" can be used.');
  });

  it("removes checkpoints, even those already gone", async () => {
    for (let step = 0; step < 4; step++) await run.commit(step, at(step));
    const entries = await run.list();
    await disk.remove(entries[1]!.path);
    await run.remove(entries.slice(0, 3));
    expect((await run.list()).map(({ step }) => step)).toEqual([3]);
    run.record.add(warning(1));
    await run.record.flush();
    await run.clear();
    expect(await disk.list("/runs/a")).toEqual([]);
  });

  it("copies the state before commit returns, one copy at a time", async () => {
    await run.open();
    const state = at(1);
    const first = run.commit(1, state);
    expect(run.busy).toBe(true);
    (state.tensors["w"]!.data as Float32Array).fill(9);
    const second = run.commit(2, state);
    await Promise.all([first, second]);
    expect(run.busy).toBe(false);
    const [one, two] = await run.list();
    expect([...((await run.read(one!)).tensors["w"]!.data as Float32Array)]).toEqual([1, 1, 1, 1]);
    expect([...((await run.read(two!)).tensors["w"]!.data as Float32Array)]).toEqual([9, 9, 9, 9]);
    await run.close();
  });

  it("summarizes a checkpoint, and says whether its weights are finite", async () => {
    const long = { ...at(1), json: { text: "x".repeat(100_000) } };
    const bad = { json: null, tensors: { w: Tensor.full([3], Number.NaN), other: Tensor.full([2], 1) } };
    await run.commit(1, long, { isWeight: () => true });
    await run.commit(2, bad, { isWeight: (name) => name === "w" });
    await run.commit(3, bad, { isWeight: (name) => name === "other" });
    const [first, ...rest] = await Promise.all((await run.list()).map((entry) => run.summary(entry)));
    expect(first).toMatchObject({ json: long.json, finite: true });
    expect(first!.bytes).toBeGreaterThan(100_000);
    expect(rest.map(({ finite }) => finite)).toEqual([false, true]);
  });

  it("makes its folder's entry durable before it writes into it", async () => {
    const vfs = faultyVfs(disk);
    await new RunFolder(vfs, "/runs/b/c").open();
    const calls = vfs.calls.map((call) => call.replace(/\.lock\.1~\S*/, "TEMPORARY"));
    expect(calls.filter((call) => /^(makeFolder|fsyncFolder|link) /.test(call))).toEqual([
      "makeFolder /runs/b/c",
      "fsyncFolder /",
      "fsyncFolder /runs",
      "fsyncFolder /runs/b",
      "link /runs/b/c/TEMPORARY -> /runs/b/c/lock.1",
    ]);
  });

  it("records one line per event, and ends a line that was left half written", async () => {
    await run.open();
    const lines = [1, 2, 3].map((step) => `${JSON.stringify(warning(step))}\n`);
    run.record.add(warning(1));
    await run.record.flush();
    await disk.appendFile("/runs/a/log.jsonl", utf8('{"epo'));
    await run.close();
    const { record } = new RunFolder(disk, "/runs/a");
    for (const step of [2, 3]) {
      record.add(warning(step));
      await record.flush();
    }
    expect(text(await disk.readFile("/runs/a/log.jsonl"))).toBe(`${lines[0]}{"epo\n${lines[1]}${lines[2]}`);
  });

  it("keeps events that could not be written for the next time", async () => {
    const faulty = faultyVfs(disk, { at: 0, code: "ENOSPC", counts: (operation) => operation === "appendFile" });
    const { record } = new RunFolder(faulty, "/runs/a");
    await disk.makeFolder("/runs/a");
    record.add(warning(1));
    await expect(record.flush()).rejects.toThrow("disk is full");
    record.add(warning(2));
    await record.flush();
    const lines = [1, 2].map((step) => `${JSON.stringify(warning(step))}\n`);
    expect(text(await disk.readFile("/runs/a/log.jsonl"))).toBe(lines.join(""));
  });

  it("allows one writer at a time", async () => {
    await run.open();
    const second = new RunFolder(disk, "/runs/a");
    await expect(second.open()).rejects.toThrow(/"\/runs\/a" is in use by process \d+ on /);
    await run.close();
    await second.open();
    await second.close();
    expect(await disk.list("/runs/a")).toEqual([]);
  });
});
