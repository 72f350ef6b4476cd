import { describe, expect, it } from "vitest";
import { normalOf } from "../../core/normal.js";
import { randomWords, uniformOf } from "../../core/philox.js";
import { build } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import type { PoolAttrs } from "../../graph/primitive.js";
import { defaultArena } from "../arena.js";
import type { Slot } from "../session.js";
import { callWhole } from "../wasm/call.js";
import { floats, numbers, runKernel } from "./kernel.js";
import { inJavaScript, maxPoolGrad, maxPoolReluGrad } from "./max-pool-grad.js";
import { randomCall } from "./random.js";
import { scatterAdd, inJavaScript as scatterInJavaScript } from "./scatter-add.js";
import { treeSum, inJavaScript as treeSumInJavaScript } from "./tree-sum.js";

function slot(dims: readonly number[], data?: ArrayLike<number>, dtype: "float32" | "int32" = "float32"): Slot {
  const size = dims.reduce((a, b) => a * b, 1);
  const made: Slot = { block: defaultArena().allocate(size * 4), start: 0, dims, dtype };
  if (data !== undefined) made.block.view(dtype, size).set(data);
  return made;
}

describe("random numbers", () => {
  it.each([0, 1, 4, 5, 16, 61, 1023])("have the same bits as core's, for %i elements", (length) => {
    for (const [seed, stream, iteration] of [
      [0, 0, 0],
      [4294967295, 2147483648, 2 ** 45 + 12345],
      [123, 456, 789],
    ] as const) {
      const words = new Uint32Array(length);
      randomWords({ seed, stream, iteration }, 0, words);
      const out = slot([length]);
      const fill = (distribution: "uniform" | "normal"): void => {
        const call = randomCall({ stream, distribution, shape: [length] }, { seed, iteration }, out);
        if (call !== null) callWhole(call);
      };
      fill("uniform");
      expect([...floats(out)]).toEqual(Array.from(words, uniformOf));
      fill("normal");
      expect([...floats(out)]).toEqual(Array.from(words, normalOf));
    }
  });
});

const pool = (window: number[], strides: number[], padding: [number, number][]): PoolAttrs => ({
  window,
  strides,
  padding,
});
const POOLS: readonly (readonly [string, readonly number[], PoolAttrs])[] = [
  [
    "2 x 2",
    [2, 3, 6, 8],
    pool(
      [2, 2],
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ],
  [
    "2 x 2 with a rest",
    [2, 3, 7, 5],
    pool(
      [2, 2],
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ],
  [
    "2 x 2, six windows a row",
    [2, 3, 4, 12],
    pool(
      [2, 2],
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ],
  [
    "2 x 2, many windows and a rest",
    [2, 3, 5, 27],
    pool(
      [2, 2],
      [2, 2],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  ],
  [
    "2 x 2 padded after",
    [1, 2, 5, 5],
    pool(
      [2, 2],
      [2, 2],
      [
        [0, 1],
        [0, 1],
      ],
    ),
  ],
  [
    "overlapping, padded",
    [2, 1, 6, 5],
    pool(
      [3, 3],
      [2, 1],
      [
        [1, 1],
        [1, 1],
      ],
    ),
  ],
  ["one axis", [2, 2, 9], pool([3], [2], [[1, 0]])],
  [
    "three axes",
    [1, 2, 4, 4, 4],
    pool(
      [2, 2, 2],
      [2, 2, 2],
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ),
  ],
];

describe("maxPoolGrad", () => {
  it.each(POOLS)("%s: the first maximum gets the gradient, in WebAssembly and in JavaScript", (_, dims, attrs) => {
    // Few distinct numbers, so that most windows have ties.
    const size = dims.reduce((a, b) => a * b, 1);
    const xs = Float32Array.from({ length: size }, (_value, i) => ((i * 7919) % 5) - 2);
    const x = build.input("x", dims, "float32");
    const y = build.maxPool(x, attrs);
    const dy = build.input("dy", y.shape, "float32");
    const node = build.maxPoolGrad(x, y, dy, attrs);
    const masked = build.where(build.greater(x, build.scalar(0)), node, build.scalar(0));
    const dys = Float32Array.from({ length: y.shape.reduce((a, b) => a * b, 1) }, (_value, i) => i + 1);
    const feeds = new Map([
      [x, xs],
      [dy, dys],
    ]);
    const [ys, expected, positive] = interpret([y, node, masked], { feeds });
    const slots = [slot(dims, xs), slot(y.shape, ys!.data), slot(y.shape, dys)];
    const [wasm, js] = [slot(dims, xs), slot(dims, xs)];
    runKernel(maxPoolGrad(attrs), slots, [wasm]);
    inJavaScript(attrs, slots, js, false);
    expect([...floats(wasm)]).toEqual([...expected!.data]);
    expect([...floats(js)]).toEqual([...expected!.data]);
    runKernel(maxPoolReluGrad(attrs), slots, [wasm]);
    inJavaScript(attrs, slots, js, true);
    expect([...floats(wasm)]).toEqual([...positive!.data]);
    expect([...floats(js)]).toEqual([...positive!.data]);
  });
});

describe("scatterAdd", () => {
  const intoFour = scatterAdd;

  it("adds rows of equal ids", () => {
    const out = slot([4, 2], [9, 9, 9, 9, 9, 9, 9, 9]);
    runKernel(intoFour, [slot([3], [2, 0, 2], "int32"), slot([3, 2], [1, 2, 3, 4, 5, 6])], [out]);
    expect([...floats(out)]).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
  });

  it.each(["float32", "int32"] as const)(
    "is the same in WebAssembly and in JavaScript, for rows of any width, %s",
    (dtype) => {
      for (const width of [1, 3, 4, 7, 16, 19]) {
        const ids = slot(
          [50],
          Int32Array.from({ length: 50 }, (_, i) => (i * 7) % 4),
          "int32",
        );
        const updates = slot(
          [50, width],
          Float32Array.from({ length: 50 * width }, (_, i) => Math.fround(i * 1.37)),
          dtype,
        );
        const [wasm, js] = [slot([4, width], undefined, dtype), slot([4, width], undefined, dtype)];
        runKernel(intoFour, [ids, updates], [wasm]);
        scatterInJavaScript(ids, updates, js);
        expect([...numbers(wasm)]).toEqual([...numbers(js)]);
      }
    },
  );

  it("refuses ids outside the table", () => {
    const run = (id: number) => () =>
      runKernel(intoFour, [slot([3], [0, id, 0], "int32"), slot([3, 2])], [slot([4, 2])]);
    expect(run(4)).toThrow("An id lies outside of its table. Received: 4. Expected: 0 … 3.");
    expect(run(-1)).toThrow("Received: -1");
  });
});

describe.each([
  ["in WebAssembly", (isPresent: boolean[], parts: Slot[], out: Slot) => runKernel(treeSum(isPresent), parts, [out])],
  ["in JavaScript", treeSumInJavaScript],
] as const)("treeSum %s", (_, compute) => {
  const sum = (parts: (ArrayLike<number> | null)[], dtype: "float32" | "int32" = "float32"): number[] => {
    const present = parts.filter((part) => part !== null);
    const dims = [present[0]!.length];
    const out = slot(dims, undefined, dtype);
    compute(
      parts.map((part) => part !== null),
      present.map((part) => slot(dims, part, dtype)),
      out,
    );
    return [...numbers(out)];
  };

  it.each([1, 5, 64, 5003])("adds %i numbers in the fixed tree, rounding each sum to float32", (length) => {
    const f = Math.fround;
    const expected = f(f(f(1e8 + 1) + f(-1e8 + 1)) + 3);
    const parts = [1e8, 1, -1e8, 1, 3].map((value) => new Float32Array(length).fill(value));
    expect(sum(parts)).toEqual(new Array(length).fill(expected));
  });

  it("shards without rows keep their positions in the tree", () => {
    const parts = [null, Float32Array.of(1e8, 1e8), null, Float32Array.of(1, 1), Float32Array.of(-1e8, 0)];
    expect(sum(parts)).toEqual([Math.fround(Math.fround(1e8 + 1) - 1e8), Math.fround(1e8 + 1)]);
  });

  it("leaves a single part as it is", () => {
    expect(sum([null, Float32Array.of(0.1, -0.2)])).toEqual([Math.fround(0.1), Math.fround(-0.2)]);
  });

  it("wraps integers around", () => {
    expect(sum([Int32Array.of(2147483647, 5), Int32Array.of(1, 6)], "int32")).toEqual([-2147483648, 11]);
  });
});
