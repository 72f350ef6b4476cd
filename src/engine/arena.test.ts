import { describe, expect, it, vi } from "vitest";
import { EngineError } from "../core/errors.js";
import { FreeList } from "./allocator.js";
import { Arena, defaultArena } from "./arena.js";
import { randomCall } from "./kernels/random.js";
import type { Slot } from "./session.js";
import { Variable, variableOf } from "./variable.js";
import { callWhole } from "./wasm/call.js";

describe("FreeList", () => {
  it("merges freed neighbours into one gap, in any order", () => {
    for (const order of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
      [1, 0, 2],
    ]) {
      const list = new FreeList(64, 64 * 4);
      const starts = [0, 1, 2].map(() => list.allocate(64)!);
      expect(starts).toEqual([64, 128, 192]);
      expect(list.allocate(1)).toBeUndefined();
      for (const index of order) list.free(starts[index]!, 64);
      expect([list.gapCount, list.freeBytes]).toEqual([1, 192]);
    }
  });

  it("fills the first gap that is large enough", () => {
    const list = new FreeList(0, 1000);
    const [a, , c] = [100, 100, 300, 100].map((bytes) => list.allocate(bytes)!);
    list.free(a!, 100);
    list.free(c!, 300);
    expect(list.allocate(200)).toBe(200);
    expect(list.allocate(100)).toBe(0);
    expect(list.allocate(100)).toBe(400);
  });

  it("says by how much it must grow", () => {
    const list = new FreeList(0, 100);
    list.allocate(40);
    expect(list.shortfall(80)).toBe(20);
    list.grow(20);
    expect(list.allocate(80)).toBe(40);
    expect(list.shortfall(10)).toBe(10);
  });
});

describe("Arena", () => {
  it("aligns to 64 bytes, leaves the first 64 KiB of a segment alone, and grows", () => {
    const arena = new Arena();
    const blocks = [1, 100, 40_000_000, 3].map((bytes) => arena.allocate(bytes));
    for (const block of blocks) {
      expect(block.offset % 64).toBe(0);
      expect(block.offset).toBeGreaterThanOrEqual(65_536);
      block.view("bool", block.byteLength).fill(7);
    }
    expect(blocks[2]!.view("bool", 40_000_000).every((byte) => byte === 7)).toBe(true);
    const used = arena.usedBytes;
    for (const block of blocks) block.free();
    blocks[0]!.free();
    expect(used).toBe(64 + 128 + 40_000_000 + 64);
    expect(arena.usedBytes).toBe(0);
  });

  it("uses shared memory", () => {
    expect(new Arena().allocate(4).segment.memory.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it("uses unshared memory where the system has no shared memory, and still grows", () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    try {
      const arena = new Arena();
      const first = arena.allocate(8);
      first.view("float32", 2).set([1, 2]);
      const buffer = first.segment.memory.buffer;
      const second = arena.allocate(60_000_000);
      expect(second.segment).toBe(first.segment);
      expect(first.segment.memory.buffer).not.toBe(buffer);
      expect([...first.view("float32", 2)]).toEqual([1, 2]);
      const random: Slot = { block: first, start: 0, dims: [2], dtype: "float32" };
      const leaf = { stream: 1, distribution: "uniform", shape: [2] } as const;
      callWhole(randomCall(leaf, { seed: 1, iteration: 0 }, random)!);
      expect([...first.view("float32", 2)]).not.toEqual([1, 2]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("a tensor that is too large for a segment is an error with its size in bytes", () => {
    const arena = new Arena();
    expect(() => arena.allocate(5e9)).toThrow(EngineError);
    expect(() => arena.allocate(5e9)).toThrow("5000000000 bytes needed, 0 bytes in use");
  });

  it("blocks that come and go take no memory until somebody writes to them", () => {
    const arena = new Arena();
    const sizes = [20_000, 100_000, 400_000, 1_600_000, 6_000_000];
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 6; round++) {
      const blocks = Array.from({ length: 500 }, (_, i) => arena.allocate(sizes[i % sizes.length]!));
      for (const block of blocks) block.free();
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it("opens another segment when the first is full", () => {
    const arena = new Arena();
    const blocks = [1, 2, 3].map(() => arena.allocate(2 ** 31));
    expect(new Set(blocks.map((block) => block.segment)).size).toBe(3);
  });
});

describe("Variable", () => {
  it("starts with zeros or its initial values; read() returns a copy", () => {
    expect(new Variable({ name: "v", shape: [2] }).read().tolist()).toEqual([0, 0]);
    const variable = new Variable({ name: "w", shape: [2, 2], initial: [1, 2, 3, 4] });
    const copy = variable.read();
    variable.write([5, 6, 7, 8]);
    expect(copy.tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect([...variable.data]).toEqual([5, 6, 7, 8]);
  });

  it("is drawn once, on first use, and never when it is set before that", () => {
    let draws = 0;
    const make = () => new Variable({ name: "w", shape: [2], initial: (out) => out.fill(++draws) });
    const [read, written, computed] = [make(), make(), make()];
    expect(draws).toBe(0);
    expect([[...read.data], read.read().tolist()]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    written.write([7, 8]);
    expect([...written.data]).toEqual([7, 8]);
    computed.next.block.view("float32", 2).set([5, 6]);
    computed.commit();
    expect([...computed.data]).toEqual([5, 6]);
    expect(draws).toBe(1);
  });

  it("converts to its dtype", () => {
    const steps = new Variable({ name: "step", shape: [], dtype: "int32" });
    steps.write({ data: BigInt64Array.of(12n), shape: [] });
    expect(steps.read().item()).toBe(12);
    const flag = new Variable({ name: "flag", shape: [3], dtype: "bool" });
    flag.write([0, 3, 0.5]);
    expect(flag.read().tolist()).toEqual([0, 1, 1]);
  });

  it("refuses other shapes", () => {
    const variable = new Variable({ name: "kernel", path: "dense/kernel", shape: [2, 3] });
    expect(() => variable.write([1, 2])).toThrow(
      'Variable "dense/kernel" cannot take this value. Received: 2 elements. Expected: shape (2, 3).',
    );
    expect(() => variable.write({ data: new Float32Array(6), shape: [3, 2] })).toThrow("Received: shape (3, 2)");
  });

  it("is found by its leaf, which has its shape and dtype", () => {
    const variable = new Variable({ name: "v", path: "a/v", shape: [4], dtype: "int32" });
    expect(variableOf(variable.value)).toBe(variable);
    expect([variable.value.op, variable.value.dtype, variable.value.shape]).toEqual(["input", "int32", [4]]);
  });

  it("has two places; a commit exchanges them", () => {
    const variable = new Variable({ name: "v", shape: [1], initial: [1] });
    variable.next.block.view("float32", 1)[0] = 2;
    expect(variable.read().item()).toBe(1);
    variable.commit();
    expect(variable.read().item()).toBe(2);
    variable.commit();
    expect(variable.read().item()).toBe(1);
  });

  it("allocates in the arena of the process", () => {
    const before = defaultArena().usedBytes;
    const variable = new Variable({ name: "v", shape: [1024] });
    expect(defaultArena().usedBytes - before).toBe(variable.byteLength);
  });
});
