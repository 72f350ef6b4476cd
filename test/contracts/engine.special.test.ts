import { beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../src/engine/index.js";
import { type Build, build, type InputValue, interpret, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { ENGINES } from "./engines.js";

const SPECIAL = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -0,
  1,
  -1,
  0.5,
  -2.5,
  1e30,
  -1e-30,
  100,
  -100,
  -15,
  -20,
  -60,
];
const PAIRS = SPECIAL.flatMap((a) => SPECIAL.map((b) => [a, b] as const));
const WHOLE = [0, 1, -1, 2, -2, 7, -7, 2147483647, -2147483647, -2147483648, 65536];
const WHOLE_PAIRS = WHOLE.flatMap((a) => WHOLE.map((b) => [a, b] as const));

type Make = (a: Value, b: Value, g: Build) => Value;
const FLOATS: Readonly<Record<string, Make>> = {
  neg: (a, _, g) => g.neg(a),
  abs: (a, _, g) => g.abs(a),
  sign: (a, _, g) => g.sign(a),
  exp: (a, _, g) => g.exp(a),
  log: (a, _, g) => g.log(a),
  sqrt: (a, _, g) => g.sqrt(a),
  tanh: (a, _, g) => g.tanh(a),
  erf: (a, _, g) => g.erf(a),
  sigmoid: (a, _, g) => g.sigmoid(a),
  softplus: (a, _, g) => g.softplus(a),
  relu: (a, _, g) => g.relu(a),
  floor: (a, _, g) => g.floor(a),
  round: (a, _, g) => g.round(a),
  isNan: (a, _, g) => g.isNan(a),
  toBool: (a, _, g) => g.cast(a, "bool"),
  add: (a, b, g) => g.add(a, b),
  mul: (a, b, g) => g.mul(a, b),
  div: (a, b, g) => g.div(a, b),
  pow: (a, b, g) => g.pow(a, b),
  maximum: (a, b, g) => g.maximum(a, b),
  minimum: (a, b, g) => g.minimum(a, b),
  mod: (a, b, g) => g.mod(a, b),
  equal: (a, b, g) => g.equal(a, b),
  greater: (a, b, g) => g.greater(a, b),
  greaterEqual: (a, b, g) => g.greaterEqual(a, b),
  where: (a, b, g) => g.where(g.greater(a, b), a, b),
  maxPool: (a, b, g) => {
    const pair = g.concat([g.reshape(a, [-1, 1, 1]), g.reshape(b, [-1, 1, 1])], 2);
    return g.reshape(g.maxPool(pair, { window: [2], strides: [2], padding: [[0, 0]] }), [-1]);
  },
  sortDescending: (a, b, g) => {
    const pair = g.concat([g.reshape(a, [-1, 1]), g.reshape(b, [-1, 1])], 1);
    return g.reshape(g.slice(g.takeAlong(pair, g.argsort(pair, 1, true, 2), 1), 1, 1, 2), [-1]);
  },
  sortRows: (a, _, g) => g.takeAlong(a, g.argsort(a, 0, true, -1), 0),
  max: (a, b, g) => g.max(g.concat([g.reshape(a, [-1, 1]), g.reshape(b, [-1, 1])], 1), [1]),
};
const WHOLES: Readonly<Record<string, Make>> = {
  neg: (a, _, g) => g.neg(a),
  abs: (a, _, g) => g.abs(a),
  sign: (a, _, g) => g.sign(a),
  add: (a, b, g) => g.add(a, b),
  sub: (a, b, g) => g.sub(a, b),
  mul: (a, b, g) => g.mul(a, b),
  div: (a, b, g) => g.div(a, b),
  mod: (a, b, g) => g.mod(a, b),
  maximum: (a, b, g) => g.maximum(a, b),
  toFloat: (a, _, g) => g.cast(a, "float32"),
  greater: (a, b, g) => g.greater(a, b),
  min: (a, b) => ops.min(ops.stack([a, b], 1), { axes: [1] }),
  argmin: (a, b) => ops.argmin(ops.stack([a, b], 1), 1),
};

/** Rounded to float32. */
const inFloat32 = (x: number): number => Math.fround(x);
const isAlike = (a: number, b: number): boolean =>
  Number.isNaN(a) ? Number.isNaN(b) : a === b || Math.abs(a - b) <= 2e-6 * Math.max(1e-30, Math.abs(b));

async function compare(
  engine: Engine,
  make: Make,
  pairs: readonly (readonly [number, number])[],
  dtype: "float32" | "int32",
): Promise<void> {
  const [a, b] = ["a", "b"].map((name) => build.input(name, [-1], dtype)) as [InputValue, InputValue];
  const output = make(a, b, build);
  const program = await engine.compile({ name: "special", results: { output }, updates: new Map(), shards: 1 });
  const feeds = new Map(
    [a, b].map((leaf, i) => [leaf, pairs.map((pair) => (dtype === "int32" ? pair[i]! : inFloat32(pair[i]!)))]),
  );
  const run = { rows: pairs.length, feeds, seed: 0, iteration: 0 };
  const actual = (await program.run(run))["output"]!.data;
  const [meaning] = interpret([output], run);
  const differing = pairs.flatMap((pair, i) => {
    const expected = output.dtype === "float32" ? inFloat32(meaning!.data[i]!) : meaning!.data[i]!;
    return isAlike(Number(actual[i]), expected) ? [] : [`(${pair.join(", ")}): ${actual[i]} instead of ${expected}`];
  });
  expect(differing).toEqual([]);
}

describe.each(ENGINES)("%s engine on special numbers", (_, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });

  it.each(Object.keys(FLOATS))("float32 %s", (name) => compare(engine, FLOATS[name]!, PAIRS, "float32"));
  it.each(Object.keys(WHOLES))("int32 %s", (name) => compare(engine, WHOLES[name]!, WHOLE_PAIRS, "int32"));
});
