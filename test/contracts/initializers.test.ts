import { describe, expect, it } from "vitest";
import type { SerializedPart } from "../../src/core/parts.js";
import * as catalogue from "../../src/initializers/catalogue.js";
import { normals } from "../../src/initializers/draw.js";
import { computeFans, deserialize, get, type Initializer, serialize } from "../../src/initializers/index.js";
import { orthonormalize } from "../../src/initializers/orthonormalize.js";
import { givenToKeras, paired, type Row } from "./by-hand.js";
import { kerasFixture } from "./fixture.js";
import { type InitializerByHand, initializerCases } from "./initializers.cases.js";
import { optionsOf } from "./keras-options.js";

interface Case {
  readonly kwargs: Record<string, unknown>;
  readonly config: SerializedPart;
  readonly mean: number;
  readonly stddev: number;
  readonly min: number;
  readonly max: number;
}

const fixture = kerasFixture<{
  readonly cases: readonly Case[];
  readonly fans: readonly { shape: number[]; axes?: [number[], number[]]; fans: [number, number] }[];
  readonly stft: readonly { kwargs: Record<string, unknown>; shape: number[]; values: number[] }[];
  readonly names: Record<string, string>;
}>("initializers");

/** Of those that cannot make every shape. */
const SHAPES: Readonly<Record<string, readonly number[]>> = { Identity: [40, 50], STFT: [40, 1, 33] };

const momentsOf = (values: Float32Array): { mean: number; stddev: number; min: number; max: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, stddev: Math.sqrt(variance), min: Math.min(...values), max: Math.max(...values) };
};

describe.each(Object.entries(catalogue))("%s", (name, cls) => {
  const make = cls as unknown as new (options: object) => Initializer;
  const expected = fixture.cases.filter(({ config }) => config.class_name === name);
  const rows = initializerCases[name as keyof typeof initializerCases] as readonly Row<object, InitializerByHand>[];
  const cases = paired("initializers", name, rows, expected, (options, byHand) => ({
    ...byHand,
    kwargs: {},
    config: serialize(new make(options)),
  }));

  it("has the options that Keras was given", () => {
    expect(givenToKeras(cases)).toEqual(expected.map(({ kwargs }) => optionsOf(kwargs)));
  });

  describe.each(cases.map(({ options, expected: row }) => [JSON.stringify(options), options, row] as const))(
    "%s",
    (_t, options, row) => {
      const shape = SHAPES[name] ?? [40, 5, 50];
      const initializer = new make(options);

      it("draws from Keras's distribution", () => {
        const ours = momentsOf(initializer.initialize(shape, 1));
        // Standard errors of 10,000 numbers: 1 % of the deviation for means, 0.7 % for deviations; five of them.
        expect(Math.abs(ours.mean - row.mean)).toBeLessThanOrEqual(0.07 * row.stddev + 1e-7);
        expect(Math.abs(ours.stddev - row.stddev)).toBeLessThanOrEqual(0.05 * row.stddev + 1e-7);
        const spread = row.max - row.min;
        expect(Math.abs(ours.min - row.min)).toBeLessThanOrEqual(0.2 * spread + 1e-7);
        expect(Math.abs(ours.max - row.max)).toBeLessThanOrEqual(0.2 * spread + 1e-7);
      });

      it("is written as Keras writes it, and gives the same numbers when read back", () => {
        const config = serialize(initializer);
        // Keras omits the gain of Identity from the config but reads it.
        expect(config).toEqual(name === "Identity" ? { ...row.config, config: row.kwargs } : row.config);
        expect(deserialize(config).initialize(shape, 7)).toEqual(initializer.initialize(shape, 7));
      });
    },
  );
});

describe("fans", () => {
  it.each(fixture.fans)("of $shape are Keras's", ({ shape, axes, fans }) => {
    const { fanIn, fanOut } = computeFans(shape, axes?.[0], axes?.[1]);
    expect([fanIn, fanOut]).toEqual(fans);
  });

  it("bound Glorot's uniform numbers", () => {
    const limit = Math.sqrt(6 / (3 * 3 * 16 + 3 * 3 * 32));
    const { min, max, mean } = momentsOf(new catalogue.GlorotUniform().initialize([3, 3, 16, 32], 5));
    expect(min).toBeGreaterThanOrEqual(-limit);
    expect(max).toBeLessThanOrEqual(Math.fround(limit));
    expect(max).toBeGreaterThan(0.98 * limit);
    expect(Math.abs(mean)).toBeLessThan(0.05 * limit);
  });
});

describe("random initializers", () => {
  it("cut truncated normals at two standard deviations, and restore the variance", () => {
    const { stddev, min, max } = momentsOf(new catalogue.HeNormal().initialize([100, 300], 2));
    const wanted = Math.sqrt(2 / 100);
    expect(Math.abs(stddev / wanted - 1)).toBeLessThan(0.02);
    const cut = (2 * wanted) / 0.8796256610342398;
    expect(min).toBeGreaterThanOrEqual(Math.fround(-cut));
    expect(max).toBeLessThanOrEqual(Math.fround(cut));
    expect(max).toBeGreaterThan(0.97 * cut);
  });

  it("make orthogonal matrices of any shape", () => {
    for (const shape of [
      [6, 4],
      [4, 6],
      [2, 3, 5],
    ]) {
      const columns = shape.at(-1)!;
      const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const matrix = new catalogue.Orthogonal({ gain: 2 }).initialize(shape, 3);
      const at = (i: number, k: number): number =>
        rows < columns ? matrix[i * columns + k]! : matrix[k * columns + i]!;
      for (let i = 0; i < Math.min(rows, columns); i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < Math.max(rows, columns); k++) product += at(i, k) * at(j, k);
          expect(product).toBeCloseTo(i === j ? 4 : 0, 5);
        }
      }
    }
  });

  it("make large orthogonal matrices whose vectors are orthogonal even if two random vectors nearly coincide", () => {
    for (const [rows, columns] of [
      [150, 150],
      [70, 203],
    ] as const) {
      const vectors = new Float64Array(rows * columns);
      normals(11, vectors, (z) => z);
      // The worst case: two vectors that are nearly the same.
      for (let k = 0; k < columns; k++) vectors[65 * columns + k] = vectors[3 * columns + k]! + 1e-9 * vectors[k]!;
      orthonormalize(vectors, rows, columns);
      const row = (i: number): Float64Array => vectors.subarray(i * columns, (i + 1) * columns);
      let worst = 0;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j <= i; j++) {
          const product = row(i).reduce((sum, value, k) => sum + value * row(j)[k]!, 0);
          worst = Math.max(worst, Math.abs(product - (i === j ? 1 : 0)));
        }
      }
      expect(worst).toBeLessThan(1e-12);
    }
  });

  it("give the same bits in every process: golden numbers", () => {
    const bits = (values: Float32Array): string[] =>
      [...new Uint32Array(values.buffer)].map((word) => word.toString(16).padStart(8, "0"));
    for (const [name, cls] of Object.entries(catalogue)) {
      expect(
        bits(new (cls as new () => Initializer)().initialize(name === "STFT" ? [4, 1, 3] : [2, 3], 42)),
      ).toMatchSnapshot(name);
    }
  });

  it("take their own seed before the given one, with all its bits", () => {
    const draw = (seed: number | null, given: number): Float32Array =>
      new catalogue.RandomUniform({ seed }).initialize([8], given);
    expect(draw(5, 1)).toEqual(draw(5, 2));
    expect(draw(null, 1)).not.toEqual(draw(null, 2));
    expect(draw(5 + 2 ** 32, 1)).not.toEqual(draw(5, 1));
    expect(draw(-1, 1)).not.toEqual(draw(2 ** 32 - 1, 1));
  });

  it("read Keras's SeedGenerator as its seed", () => {
    const seed = { module: "keras.random", class_name: "SeedGenerator", config: { seed: 77 }, registered_name: null };
    expect(deserialize({ class_name: "HeNormal", config: { seed } }).getConfig()["seed"]).toBe(77);
  });
});

describe("STFT", () => {
  it.each(fixture.stft)("$kwargs of shape $shape is Keras's", ({ kwargs, shape, values }) => {
    const ours = new catalogue.STFT(kwargs as catalogue.STFTOptions).initialize(shape, 0);
    values.forEach((value, i) => {
      expect(Math.abs(ours[i]! - value)).toBeLessThan(1e-6);
    });
  });

  it("says which windows it cannot make", () => {
    expect(() => new catalogue.STFT({ window: "han" as never })).toThrow('Did you mean "hann"?');
    expect(() => new catalogue.STFT({ window: [1, 2] }).initialize([3, 1, 2], 0)).toThrow(
      "STFT: the window has another length than the frame. Received: 2 values. Expected: 3.",
    );
    expect(() => new catalogue.STFT().initialize([3, 2], 0)).toThrow(
      "STFT can only initialize kernels of a convolution over one channel",
    );
  });
});

describe("initializers", () => {
  it.each(Object.entries(fixture.names))("find %s as Keras does", (name, className) => {
    expect(serialize(get(name)).class_name).toBe(className);
  });

  it("suggest the nearest name", () => {
    expect(() => get("glorot_unifrom", "Dense.kernelInitializer")).toThrow(
      /^Dense\.kernelInitializer: unknown name "glorot_unifrom"\..*Did you mean "glorot_uniform"\?$/u,
    );
    expect(() => deserialize({ class_name: "Glorot", config: {} }, "Dense.kernelInitializer")).toThrow(
      'Dense.kernelInitializer: unknown initializer class "Glorot"',
    );
  });

  it("broadcast constants, and read arrays as Keras writes them", () => {
    const constant = new catalogue.Constant({ value: [[1], [2]] });
    expect([...constant.initialize([2, 3], 0)]).toEqual([1, 1, 1, 2, 2, 2]);
    expect([...deserialize(serialize(constant)).initialize([2, 2], 0)]).toEqual([1, 1, 2, 2]);
    expect(() => constant.initialize([3, 3], 0)).toThrow(
      "The values of Constant do not fit the weight. Received: values of shape (2, 1). Expected: shape (3, 3), or one that broadcasts to it.",
    );
  });

  it("say which shapes they cannot make", () => {
    expect(() => new catalogue.Identity().initialize([2, 2, 2], 0)).toThrow("Identity can only initialize matrices");
    expect(() => new catalogue.Orthogonal().initialize([4], 0)).toThrow("Orthogonal needs at least two dimensions");
  });
});
