import { describe, expect, it } from "vitest";
import { grad } from "./autodiff.js";
import { build } from "./build.js";
import { workOf } from "./work.js";

describe("the work of a graph", () => {
  it("counts matrix products", () => {
    const x = build.input("x", [-1, 5], "float32");
    const w = build.input("w", [5, 7], "float32");
    expect(workOf([build.matmul(x, w)], 3)).toBe(2 * 3 * 5 * 7);
    const gradients = grad(build.sum(build.matmul(x, w), [0, 1]), [x, w]);
    expect(workOf(gradients, 3)).toBe(2 * 2 * 3 * 5 * 7);
  });

  it("counts convolutions and both of their gradients, with groups", () => {
    const geometry = { strides: [1, 1], dilations: [1, 1], groups: 2 };
    const attrs = {
      ...geometry,
      padding: [
        [0, 0],
        [0, 0],
      ] as const,
    };
    const x = build.input("x", [-1, 4, 6, 6], "float32");
    const kernel = build.input("kernel", [6, 2, 3, 3], "float32");
    const once = 2 * 10 * (6 * 4 * 4) * (2 * 3 * 3);
    const y = build.conv(x, kernel, attrs);
    expect(workOf([y], 10)).toBe(once);
    expect(workOf([y, ...grad(build.sum(y, [0, 1, 2, 3]), [x, kernel])], 10)).toBe(3 * once);
  });

  it("counts a value that is used twice once, and other operations not at all", () => {
    const x = build.input("x", [-1, 5], "float32");
    const y = build.exp(build.matmul(x, build.input("w", [5, 2], "float32")));
    expect(workOf([build.add(y, y)], 1)).toBe(20);
  });
});
