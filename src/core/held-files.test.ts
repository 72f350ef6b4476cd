import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { HeldFiles } from "./held-files.js";

describe("HeldFiles", () => {
  const open = new Set<string>();
  let opened = 0;
  let failing = false;
  const files = (): HeldFiles =>
    new HeldFiles(async (path) => {
      if (path === "none") throw new Error("no such file");
      open.add(path);
      opened++;
      return {
        async read(start, length) {
          if (failing) throw new Error("a disk that fails");
          if (!open.has(path)) throw new Error(`${path} is closed`);
          return new Uint8Array(length).fill(start);
        },
        async close() {
          open.delete(path);
        },
      };
    });

  beforeEach(() => {
    vi.useFakeTimers();
    open.clear();
    opened = 0;
    failing = false;
  });
  afterEach(() => void vi.useRealTimers());

  test("a file is opened once for many reads, and closed when nobody reads it for a while", async () => {
    const held = files();
    await Promise.all([held.read("a", 1, 2), held.read("a", 3, 1)]);
    await vi.advanceTimersByTimeAsync(900);
    expect(await held.read("a", 7, 2)).toEqual(new Uint8Array([7, 7]));
    expect([opened, [...open]]).toEqual([1, ["a"]]);
    await vi.advanceTimersByTimeAsync(1100);
    expect([...open]).toEqual([]);
    await held.read("a", 1, 1);
    expect(opened).toBe(2);
  });

  test("few are open at a time: the one that was read longest ago is closed", async () => {
    const held = files();
    for (let i = 0; i < 40; i++) await held.read(`file ${i}`, 0, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(open.size).toBe(32);
    expect(open.has("file 7")).toBe(false);
    expect(open.has("file 8")).toBe(true);
    // More that are being read at once than may be open: each is read, and they are closed afterwards.
    await Promise.all(Array.from({ length: 100 }, (_, i) => held.read(`other ${i}`, 0, 1)));
    await held.read("last", 0, 1);
    await vi.advanceTimersByTimeAsync(0);
    expect(open.size).toBeLessThanOrEqual(32);
  });

  test("after a failure the file is opened anew", async () => {
    const held = files();
    await expect(held.read("none", 0, 1)).rejects.toThrow("no such file");
    await held.read("a", 0, 1);
    failing = true;
    await expect(held.read("a", 0, 1)).rejects.toThrow("a disk that fails");
    await vi.advanceTimersByTimeAsync(0);
    expect([...open]).toEqual([]);
    failing = false;
    await held.read("a", 0, 1);
    expect(opened).toBe(2);
  });
});
