import { describe, expect, it } from "vitest";
import { autoShards } from "./auto-shards.js";

describe('the rule of shards: "auto"', () => {
  it.each([
    ["the first model of a tutorial", { rows: 32, work: 3e4, parameters: 125, parameterBytes: 500 }, 1],
    ["MNIST MLP", { rows: 128, work: 4.1e8, parameters: 6.7e5, parameterBytes: 2.7e6 }, 2],
    ["wide MLP", { rows: 256, work: 2.6e10, parameters: 1.7e7, parameterBytes: 6.7e7 }, 2],
    ["MNIST convnet", { rows: 128, work: 1.8e9, parameters: 3.5e4, parameterBytes: 1.4e5 }, 4],
    ["few rows", { rows: 31, work: 1e10, parameters: 1e8, parameterBytes: 4e8 }, 1],
    ["causal transformer", { rows: 16, work: 2.7e10, parameters: 4.2e6, parameterBytes: 1.7e7 }, 2],
    ["a few long sequences", { rows: 4, work: 2.7e10, parameters: 4.2e6, parameterBytes: 1.7e7 }, 2],
    ["a few images", { rows: 2, work: 4e9, parameters: 2.5e6, parameterBytes: 1e7 }, 2],
    ["one image", { rows: 1, work: 2e9, parameters: 2.5e6, parameterBytes: 1e7 }, 1],
    ["a few short sequences", { rows: 4, work: 1.3e9, parameters: 4.2e6, parameterBytes: 1.7e7 }, 1],
    ["large tables", { rows: 128, work: 1e9, parameters: 2.5e7, parameterBytes: 1e8 }, 1],
  ])("%s: %o -> %i", (_, size, shards) => {
    expect(autoShards(size)).toBe(shards);
  });
});
