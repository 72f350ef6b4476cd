import { describe, expect, it } from "vitest";
import { autoShards } from "./auto-shards.js";

describe('the rule of shards: "auto"', () => {
  it.each([
    ["the first model of a tutorial", { rows: 32, work: 3e4, parameterBytes: 500 }, 1],
    ["MNIST MLP", { rows: 128, work: 4.1e8, parameterBytes: 2.7e6 }, 2],
    ["wide MLP", { rows: 256, work: 2.6e10, parameterBytes: 6.7e7 }, 2],
    ["MNIST convnet", { rows: 128, work: 1.8e9, parameterBytes: 1.4e5 }, 4],
    ["few rows", { rows: 31, work: 1e12, parameterBytes: 1 }, 1],
    ["large tables", { rows: 128, work: 1e9, parameterBytes: 1e8 }, 1],
  ])("%s: %o -> %i", (_, size, shards) => {
    expect(autoShards(size)).toBe(shards);
  });
});
