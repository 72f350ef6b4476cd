import { type Cases, one } from "./primitive-case.js";

const conv2d = {
  strides: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  dilations: [1, 1],
  groups: 1,
} as const;
const convs = [
  ["valid", [-1, 2, 5, 4], [3, 2, 3, 2], [3, 3], conv2d],
  [
    "padded",
    [-1, 2, 4, 4],
    [2, 2, 3, 3],
    [4, 4],
    {
      ...conv2d,
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  [
    "uneven padding, strides",
    [-1, 2, 5, 6],
    [2, 2, 3, 2],
    [3, 3],
    {
      ...conv2d,
      strides: [2, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
    },
  ],
  ["strides that leave a rest", [-1, 1, 6, 6], [2, 1, 3, 3], [2, 2], { ...conv2d, strides: [2, 3] }],
  ["dilated", [-1, 1, 6, 5], [2, 1, 2, 2], [4, 3], { ...conv2d, dilations: [2, 2] }],
  ["groups", [-1, 4, 3, 3], [6, 2, 2, 2], [2, 2], { ...conv2d, groups: 2 }],
  [
    "depthwise, strided, padded",
    [-1, 3, 5, 5],
    [3, 1, 3, 3],
    [3, 3],
    {
      ...conv2d,
      groups: 3,
      strides: [2, 2],
      padding: [
        [1, 1],
        [1, 1],
      ],
    },
  ],
  ["one axis", [-1, 2, 7], [3, 2, 3], [3], { strides: [2], padding: [[0, 0]], dilations: [1], groups: 1 }],
  [
    "three axes",
    [-1, 1, 3, 3, 3],
    [2, 1, 2, 2, 2],
    [2, 2, 2],
    {
      strides: [1, 1, 1],
      padding: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      dilations: [1, 1, 1],
      groups: 1,
    },
  ],
] as const;
const pools = [
  [
    "2x2",
    [-1, 2, 4, 4],
    [2, 2],
    {
      window: [2, 2],
      strides: [2, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    "overlapping",
    [-1, 1, 5, 5],
    [3, 2],
    {
      window: [3, 3],
      strides: [1, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
  [
    "padded",
    [-1, 2, 5, 4],
    [3, 2],
    {
      window: [2, 3],
      strides: [2, 2],
      padding: [
        [0, 1],
        [0, 1],
      ],
    },
  ],
  ["one axis", [-1, 2, 7], [3], { window: [2], strides: [2], padding: [[0, 0]] }],
  [
    "gaps",
    [-1, 1, 5, 7],
    [2, 3],
    {
      window: [1, 2],
      strides: [3, 2],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  ],
] as const;

export const WINDOWS_CASES: Cases<
  "conv" | "convInput" | "convKernel" | "maxPool" | "maxPoolGrad" | "sumPool" | "sumPoolGrad"
> = {
  conv: convs.map(([name, x, kernel, , attrs]) =>
    one(
      name,
      [
        [x, "float"],
        [kernel, "unit"],
      ],
      ([a, b], g) => g.conv(a!, b!, attrs),
    ),
  ),
  convInput: convs.map(([name, x, kernel, sizes, attrs]) =>
    one(
      name,
      [
        [[x[0], kernel[0], ...sizes], "float"],
        [kernel, "unit"],
      ],
      ([dy, b], g) => g.convInput(dy!, b!, attrs, x.slice(2)),
    ),
  ),
  convKernel: convs.map(([name, x, kernel, sizes, attrs]) =>
    one(
      name,
      [
        [x, "float"],
        [[x[0], kernel[0], ...sizes], "unit"],
      ],
      ([a, dy], g) => g.convKernel(a!, dy!, attrs, kernel.slice(2)),
    ),
  ),
  maxPool: pools.map(([name, x, , attrs]) => one(name, [[x, "float"]], ([a], g) => g.maxPool(a!, attrs))),
  maxPoolGrad: [
    ...pools.map(([name, x, sizes, attrs]) =>
      one(
        name,
        [
          [x, "float"],
          [[x[0], x[1], ...sizes], "float"],
        ],
        ([a, dy], g) => g.maxPoolGrad(g.stopGradient(a!), g.stopGradient(g.maxPool(a!, attrs)), dy!, attrs),
      ),
    ),
    one(
      "ties",
      [
        [[-1, 1, 4, 4], { below: 2 }],
        [[-1, 1, 2, 2], "float"],
      ],
      ([a, dy], g) => {
        const x = g.cast(a!, "float32");
        return g.maxPoolGrad(x, g.maxPool(x, pools[0][3]), dy!, pools[0][3]);
      },
    ),
  ],
  sumPool: pools.map(([name, x, , attrs]) => one(name, [[x, "float"]], ([a], g) => g.sumPool(a!, attrs))),
  sumPoolGrad: pools.map(([name, x, sizes, attrs]) =>
    one(name, [[[x[0], x[1], ...sizes], "float"]], ([dy], g) => g.sumPoolGrad(dy!, attrs, x.slice(2))),
  ),
};
