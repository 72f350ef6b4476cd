import { describe, expect, test } from "vitest";
import type { Value } from "../../graph/index.js";
import { interpret } from "../../graph/interpreter/index.js";
import * as ops from "../../ops/index.js";
import * as layers from "../index.js";

const ROWS = 200;
const WIDTH = 50;

/** The noise that a layer puts on ones, in a place of its model. */
function noise(
  layer: layers.Layer,
  at: { seed?: number; iteration?: number; training?: boolean; calls?: number } = {},
) {
  const { seed = 7, iteration = 3, training = true, calls = 1 } = at;
  const x = ops.input("x", [-1, WIDTH]);
  const trace = new layers.CallTrace();
  let output: Value = x;
  for (let i = 0; i < calls; i++) {
    output = layer.call(x, layers.rootContext(layer, { training, rows: ops.constant(ROWS), trace })) as Value;
  }
  const feeds = new Map([[x, new Float64Array(ROWS * WIDTH).fill(1)]]);
  return interpret([output], { feeds, rows: ROWS, seed, iteration })[0]!.data;
}

const mean = (data: Float64Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
const deviation = (data: Float64Array) => {
  const center = mean(data);
  return Math.sqrt(mean(data.map((value) => (value - center) ** 2)));
};

describe("Dropout", () => {
  test("drops at its rate and scales the rest", () => {
    const data = noise(new layers.Dropout(0.3));
    const dropped = data.filter((value) => value === 0).length / data.length;
    expect(dropped).toBeGreaterThan(0.28);
    expect(dropped).toBeLessThan(0.32);
    expect(new Set(data.filter((value) => value !== 0))).toEqual(new Set([Math.fround(1 / 0.7)]));
  });

  test("is the identity outside of training and at rate 0; rate 1 leaves nothing", () => {
    expect(noise(new layers.Dropout(0.3), { training: false }).every((value) => value === 1)).toBe(true);
    expect(noise(new layers.Dropout(0)).every((value) => value === 1)).toBe(true);
    expect(noise(new layers.Dropout(1)).every((value) => value === 0)).toBe(true);
  });

  test("the mask depends on seed, place and iteration alone", () => {
    const first = noise(new layers.Dropout(0.5));
    expect(noise(new layers.Dropout(0.5))).toEqual(first);
    expect(noise(new layers.Dropout(0.5), { iteration: 4 })).not.toEqual(first);
    expect(noise(new layers.Dropout(0.5), { seed: 8 })).not.toEqual(first);
    expect(noise(new layers.Dropout(0.5, { seed: 1 }))).not.toEqual(first);
    expect(noise(new layers.Dropout(0.5), { calls: 2 })).not.toEqual(first);
  });

  test("shares the mask along axes of size 1 of noiseShape", () => {
    const data = noise(new layers.Dropout(0.5, { noiseShape: [null, 1] }));
    for (let row = 0; row < ROWS; row++) {
      expect(new Set(data.subarray(row * WIDTH, (row + 1) * WIDTH)).size).toBe(1);
    }
    expect(new Set(data).size).toBe(2);
    expect(() => noise(new layers.Dropout(0.5, { name: "d", noiseShape: [null, 3] }))).toThrow(
      'The noiseShape of Dropout "d" does not fit its input. Received: (?, 3). Expected: 1, null or the size of the ' +
        "input at each axis of (?, 50).",
    );
  });

  test("refuses rates outside of 0 to 1", () => {
    expect(() => new layers.Dropout(1.5)).toThrow("Dropout.rate must be a number >= 0 and <= 1. Received: 1.5.");
  });
});

test("GaussianNoise adds noise of its deviation", () => {
  const data = noise(new layers.GaussianNoise(0.4));
  expect(mean(data)).toBeCloseTo(1, 1);
  expect(deviation(data)).toBeGreaterThan(0.38);
  expect(deviation(data)).toBeLessThan(0.42);
  expect(noise(new layers.GaussianNoise(0.4), { training: false }).every((value) => value === 1)).toBe(true);
});

test("GaussianDropout multiplies by noise of mean 1", () => {
  const data = noise(new layers.GaussianDropout(0.2));
  expect(mean(data)).toBeCloseTo(1, 1);
  expect(deviation(data)).toBeGreaterThan(0.48);
  expect(deviation(data)).toBeLessThan(0.52);
  expect(() => new layers.GaussianDropout(1)).toThrow(
    "GaussianDropout.rate must be a number >= 0 and < 1. Received: 1.",
  );
});

test("AlphaDropout keeps mean 0 and deviation 1 of normal inputs", () => {
  const layer = new layers.AlphaDropout(0.3);
  const x = ops.random([-1, WIDTH], 99, "normal");
  const context = layers.rootContext(layer, {
    training: true,
    rows: ops.constant(ROWS),
    trace: new layers.CallTrace(),
  });
  const [result] = interpret([layer.call(x, context)], { rows: ROWS, seed: 1, iteration: 0 });
  expect(Math.abs(mean(result!.data))).toBeLessThan(0.05);
  expect(deviation(result!.data)).toBeGreaterThan(0.95);
  expect(deviation(result!.data)).toBeLessThan(1.05);
});

test("SpatialDropout drops whole feature maps", () => {
  const layer = new layers.SpatialDropout1D(0.5);
  const x = ops.input("x", [-1, 4, 3]);
  const context = layers.rootContext(layer, { training: true, rows: ops.constant(20), trace: new layers.CallTrace() });
  const feeds = new Map([[x, new Float64Array(20 * 12).fill(1)]]);
  const [result] = interpret([layer.call(x, context)], { feeds, rows: 20, seed: 1, iteration: 0 });
  const { data } = result!;
  for (let row = 0; row < 20; row++) {
    for (let channel = 0; channel < 3; channel++) {
      const map = [0, 1, 2, 3].map((step) => data[row * 12 + step * 3 + channel]);
      expect(new Set(map).size).toBe(1);
    }
  }
  expect(new Set(data)).toEqual(new Set([0, 2]));
});
