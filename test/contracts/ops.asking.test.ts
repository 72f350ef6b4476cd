import { describe, expect, it } from "vitest";
import { compute, Input, ops, Tensor } from "../../src/index.js";

describe("what is known of a tensor before anything is computed", () => {
  const [network, graph, data] = [
    Input({ shape: [3, 2] }),
    ops.input("x", [-1, 4], "int32"),
    [
      [1, 2],
      [3, 4],
    ],
  ];

  it("shape, ndim, size and dtype are those of a network's tensor, a value of a graph and data", () => {
    expect([network, graph, data].map(ops.shape)).toEqual([
      [null, 3, 2],
      [-1, 4],
      [2, 2],
    ]);
    expect([network, graph, data].map(ops.ndim)).toEqual([3, 2, 2]);
    expect([network, data].map(ops.size)).toEqual([null, 4]);
    expect([network, graph, data].map(ops.dtype)).toEqual(["float32", "int32", "float32"]);
    expect([network, graph, new Tensor([1]), [1], 2].map(ops.isTensor)).toEqual([true, true, true, false, false]);
  });

  it("data are read as numbers; what is not computed yet says how", () => {
    expect([...(ops.convertToNumpy(new Tensor([1, 2])) as Float32Array)]).toEqual([1, 2]);
    expect(() => ops.convertToNumpy(graph as never)).toThrow(/not computed yet.*Compute it first/su);
  });
});

it("ops under Keras's spelling are the ops that have a name of their own here", () => {
  const x = ops.input("x", [-1, 4], "float32");
  expect(ops.absolute(x).op).toBe("abs");
  expect(ops.negative(x).op).toBe("neg");
  expect(ops.amax(x, { axes: 1 }).op).toBe("max");
  expect(ops.isnan(x).dtype).toBe("bool");
  expect(ops.swapaxes(x, 0, 1).shape).toEqual([4, -1]);
  expect(ops.moveaxis(x, 0, 1).shape).toEqual([4, -1]);
  expect(ops.var(x, { axes: 1 }).shape).toEqual([-1]);
  expect([ops.amin, ops.logaddexp, ops.logsumexp].every((op) => typeof op === "function")).toBe(true);
});

it.each(["eig", "nonzero", "polar", "viewAsComplex", "viewAsReal"] as const)(
  "%s is refused, with what to do instead",
  (name) => {
    const call = (): unknown => (ops[name] as (...xs: number[]) => unknown)(1, 2);
    expect(call).toThrow(new RegExp(`${name} .*(complex numbers|shapes are known).*(Take|Keep|Compute|use|For)`, "su"));
  },
);

it("what a graph cannot know while it is made is an error that says so", () => {
  const batch = ops.input("x", [-1, 4], "float32");
  expect(() => ops.diff(batch, { axis: 0 })).toThrow(/diff cannot work along the batch/u);
  expect(() => ops.median(batch)).toThrow(/median cannot work along the batch.*Name another axis/su);
  expect(() => ops.quantile(batch, 2, { axes: 1 })).toThrow(/a number from 0 to 1/u);
  expect(() => ops.bitwiseAnd(batch, 1)).toThrow(/works on whole numbers.*ops\.cast/su);
  expect(() => ops.hsplit(batch, 3)).toThrow(/cannot divide axis 1 into 3 equal parts.*arraySplit/su);
  expect(() => ops.view(batch, "int32")).toThrow(/bits.*ops\.cast/su);
});

it("the activations are ops too; gelu takes the tanh formula unless told otherwise, as in Keras", async () => {
  const x = [-1, 0.5, 2];
  const [gelu, exact, leaky] = await compute([ops.gelu(x), ops.gelu(x, { approximate: false }), ops.leakyRelu(x)]);
  expect(gelu.data[0]).toBeCloseTo(-0.158808, 5);
  expect(exact.data[0]).toBeCloseTo(-0.158655, 5);
  expect(leaky.data[0]).toBeCloseTo(-0.2, 6);
  expect(ops.hardSilu(Input({ shape: [3] })).shape).toEqual([null, 3]);
});

it("the determinant of a matrix without an inverse is 0, and its logarithm -Infinity", async () => {
  const singular = [
    [
      [1, 2, 3],
      [2, 4, 6],
      [0, 0, 0],
    ],
  ];
  const [det, { sign, logdet }] = await compute([ops.det(singular), ops.slogdet(singular)]);
  expect([det, sign].map(({ data }) => Math.abs(Number(data[0])))).toEqual([0, 0]);
  expect(logdet.data[0]).toBe(Number.NEGATIVE_INFINITY);
});
