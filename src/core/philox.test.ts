import { describe, expect, it } from "vitest";
import { philox4x32, randomWords, streamOf, uniformOf } from "./philox.js";

const hex = (text: string): number[] => text.split(" ").map((word) => Number.parseInt(word, 16));

describe("Philox 4x32-10", () => {
  /** The lines "philox4x32 10" of Random123's kat_vectors: counter, key, result. */
  const KNOWN = [
    ["00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    ["ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    ["243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ] as const;

  it.each(KNOWN)("counter %s with key %s", (counter, key, result) => {
    const out = new Uint32Array(4);
    philox4x32(hex(counter) as [number, number, number, number], hex(key) as [number, number], out);
    expect([...out]).toEqual(hex(result));
  });

  it("computes any part of a stream without the parts before it", () => {
    const from = { seed: 7, stream: streamOf("model/dropout", 0, "mask"), iteration: 2 ** 33 + 5 };
    const whole = new Uint32Array(103);
    randomWords(from, 0, whole);
    for (const [first, count] of [
      [0, 1],
      [3, 6],
      [4, 4],
      [50, 53],
      [101, 2],
    ] as const) {
      const part = new Uint32Array(count);
      randomWords(from, first, part);
      expect([...part]).toEqual([...whole.subarray(first, first + count)]);
    }
  });

  it("gives other numbers for another seed, stream or iteration", () => {
    const base = { seed: 1, stream: 2, iteration: 3 };
    const first = (from: typeof base): number => {
      const out = new Uint32Array(1);
      randomWords(from, 0, out);
      return out[0]!;
    };
    const changes = [base, { ...base, seed: 4 }, { ...base, stream: 4 }, { ...base, iteration: 4 }];
    const high = { ...base, iteration: 3 + 2 ** 32 };
    expect(new Set([...changes, high].map(first)).size).toBe(5);
  });

  it("makes uniforms that float32 holds exactly, below 1", () => {
    expect(uniformOf(0)).toBe(0);
    expect(uniformOf(0xffffffff)).toBe(1 - 2 ** -24);
    expect(Math.fround(uniformOf(0xffffffff))).toBe(uniformOf(0xffffffff));
  });

  it("names streams stably", () => {
    expect(streamOf("model/dropout", 0, "mask")).toBe(streamOf("model/dropout", 0, "mask"));
    expect(new Set([streamOf("a", "bc"), streamOf("ab", "c"), streamOf("a", "b", "c")]).size).toBe(3);
  });
});
