import { describe, expect, it } from "vitest";
import { Tensor } from "../core/tensor.js";
import { ArrayDataset } from "./array-dataset.js";

describe("a data set of arrays", () => {
  it("has a fingerprint of contents, shapes and dtypes", async () => {
    const of = (x: unknown, y?: unknown): Promise<string> =>
      new ArrayDataset({ x: x as Tensor, y: y as Tensor }).fingerprint();
    const base = await of(Tensor.zeros([4, 2]));
    expect(base).toMatch(/^[0-9a-f]{32}$/);
    expect(await of(Tensor.zeros([4, 2]))).toBe(base);
    const others = [
      await of(Tensor.zeros([4, 1, 2])),
      await of(Tensor.zeros([4, 2], "int32")),
      await of(Tensor.full([4, 2], 1)),
      await of(Tensor.zeros([4, 2]), Tensor.zeros([4])),
    ];
    expect(new Set([base, ...others]).size).toBe(5);
  });

  it("has a sampled fingerprint, which equals the full one for small data", async () => {
    const small = new ArrayDataset({ x: Tensor.zeros([4, 2]) });
    expect(await small.sampledFingerprint()).toBe(await small.fingerprint());
    const x = new Float32Array(2 ** 20);
    const of = (): Promise<string> => new ArrayDataset({ x: new Tensor(x, [2 ** 10, 2 ** 10]) }).sampledFingerprint();
    const base = await of();
    expect(await of()).toBe(base);
    const seen = new Set([base]);
    for (const at of [0, x.length - 1]) {
      x[at] = 1;
      seen.add(await of());
      x[at] = 0;
    }
    // Shifted or newly drawn rows differ wherever the sample looks.
    for (let i = 0; i < x.length; i++) x[i] = i;
    seen.add(await of());
    expect(seen.size).toBe(4);
  });
});
