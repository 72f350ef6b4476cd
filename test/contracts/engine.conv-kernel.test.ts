import { describe, expect, it } from "vitest";
import { interpreterEngine } from "../../src/engine/index.js";
import { build } from "../../src/graph/index.js";
import type { ConvAttrs } from "../../src/graph/primitive.js";
import type { InputValue } from "../../src/graph/value.js";
import { outputSize } from "../../src/graph/windows.js";
import * as ops from "../../src/ops/index.js";
import { numbers } from "./engine.step.js";
import { ENGINES } from "./engines.js";

const around = (size: number): ConvAttrs["padding"] => [
  [size, size],
  [size, size],
];

/** Planes whose patches do not fit into a core's cache, so they are made a few lines at a time. */
const CASES: readonly (readonly [string, readonly number[], Omit<ConvAttrs, "groups">])[] = [
  ["same", [16, 40, 41], { strides: [1, 1], padding: around(1), dilations: [1, 1] }],
  ["valid", [16, 45, 39], { strides: [1, 1], padding: around(0), dilations: [1, 1] }],
  ["with strides", [16, 83, 77], { strides: [2, 2], padding: around(1), dilations: [1, 1] }],
];

describe.each(ENGINES)("%s: the gradient of a kernel over large planes", (_, make) => {
  it.each(CASES)("%s: is that of the interpreter", async (_, [channels, ...spatial], attrs) => {
    const [rows, filters, window] = [3, 8, [3, 3]];
    const out = spatial.map((size, i) =>
      outputSize(size, window[i]!, attrs.strides[i]!, attrs.padding[i]!, attrs.dilations[i]!),
    );
    const x = ops.input("x", [-1, channels!, ...spatial], "float32") as InputValue;
    const dy = ops.input("dy", [-1, filters, ...out], "float32") as InputValue;
    const kernel = ops.allSum(build.convKernel(x, dy, { ...attrs, groups: 1 }, window));
    const spec = { name: "kernel", results: { kernel }, updates: new Map(), shards: 2 };
    const size = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, rows);
    const feeds = new Map([
      [x, numbers(size([channels!, ...spatial]), 1)],
      [dy, numbers(size([filters, ...out]), 2)],
    ]);
    const [got, expected] = await Promise.all(
      [await make(), interpreterEngine()].map(async (engine) => {
        const program = await engine.compile(spec);
        const { kernel } = await program.run({ rows, feeds, seed: 0, iteration: 0 });
        program.dispose();
        return kernel!.data as Float32Array;
      }),
    );
    const largest = expected!.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    for (const [i, value] of got!.entries()) expect(Math.abs(value - expected![i]!)).toBeLessThan(5e-6 * largest);
  });
});
