import { describe, expect, it, test } from "vitest";
import { kerasFixture } from "../../test/contracts/fixture.js";
import { clearRandomSeed } from "../core/seed.js";
import { random, setRandomSeed, Tensor } from "../index.js";

interface Distribution {
  readonly name: "truncatedNormal" | "gamma" | "beta" | "binomial";
  readonly parameters: readonly number[];
  readonly at: readonly number[];
  readonly below: readonly number[];
  readonly mean: number;
  readonly variance: number;
}
interface Certain {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const KERAS = kerasFixture<{
  readonly certain: Readonly<Record<string, Certain>>;
  readonly distributions: readonly Distribution[];
  readonly states: readonly (readonly number[])[];
  readonly config: object;
}>("random");

const COUNT = 8000;
const draw = random as unknown as Readonly<Record<string, (...args: unknown[]) => Tensor>>;

/** All draws with a seed, each of its options. */
const ALL: Readonly<Record<string, (seed: number | random.SeedGenerator) => Tensor>> = {
  uniform: (seed) => random.uniform([4], { seed }),
  normal: (seed) => random.normal([4], { seed }),
  truncatedNormal: (seed) => random.truncatedNormal([4], { seed }),
  integers: (seed) => random.integers(0, 1000, [4], { seed }),
  randint: (seed) => random.randint([4], 0, 1000, { seed }),
  gamma: (seed) => random.gamma([4], [0.5, 1, 2.5, 100], { seed }),
  beta: (seed) => random.beta([4], 0.5, [0.5, 1, 2, 1e-3], { seed }),
  binomial: (seed) => random.binomial([4], [5, 100, 2 ** 20, 2 ** 24], 0.25, { seed }),
  categorical: (seed) => random.categorical([[0, 1, 2, 3, 4, 5, 6, 7, 8]], 8, { seed }),
  shuffle: (seed) => random.shuffle([1, 2, 3, 4, 5, 6, 7, 8], { seed }),
  dropout: (seed) => random.dropout([1, 2, 3, 4, 5, 6, 7, 8], 0.4, { seed }),
};

describe("draws", () => {
  test.each(Object.entries(ALL))("%s keeps its bits", (_, make) => {
    const { data, shape } = make(42);
    expect({ shape, data: Array.from(data as Float32Array) }).toMatchSnapshot();
  });

  test.each(Object.entries(ALL))("%s: a generator begins as its seed and goes on to new numbers", (_, make) => {
    const generator = new random.SeedGenerator(42);
    const [first, second] = [make(generator), make(generator)];
    expect(first.data).toEqual(make(42).data);
    expect(second.data).not.toEqual(first.data);
    const again = new random.SeedGenerator();
    again.setState(JSON.parse(JSON.stringify({ ...new random.SeedGenerator(42).getState() })));
    again.next();
    expect(make(again).data).toEqual(second.data);
  });

  test.each(KERAS.distributions)("$name $parameters has jax.scipy's quantiles and moments", (row) => {
    const { data } = draw[row.name]!([COUNT], ...row.parameters, { seed: 1 });
    const numbers = Array.from(data as Float32Array).sort((a, b) => a - b);
    for (const [i, at] of row.at.entries()) {
      const below = numbers.filter((number) => number <= at).length / COUNT;
      expect(Math.abs(below - row.below[i]!)).toBeLessThan(1.6 / Math.sqrt(COUNT));
    }
    const mean = numbers.reduce((a, b) => a + b, 0) / COUNT;
    const variance = numbers.reduce((a, b) => a + (b - mean) ** 2, 0) / COUNT;
    expect(Math.abs(mean - row.mean)).toBeLessThan(4 * Math.sqrt(row.variance / COUNT));
    expect(Math.abs(variance / row.variance - 1)).toBeLessThan(0.15);
  });

  it("agree with Keras where nothing is left to chance", () => {
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ]; // prettier-ignore
    const never = Number.NEGATIVE_INFINITY;
    const ours: Readonly<Record<string, Tensor>> = {
      "dropout 0": random.dropout(x, 0),
      "dropout 1": random.dropout(x, 1),
      "binomial 0": random.binomial([2, 2], [3, 100], 0),
      "binomial 1": random.binomial([2, 2], [3, 100], 1),
      categorical: random.categorical(
        [
          [never, 0, never],
          [never, never, -5],
        ],
        4,
      ), // prettier-ignore
      randint: random.randint([3], 7, 8),
      truncatedNormal: random.truncatedNormal([2], { mean: 3, stddev: 0 }),
    };
    expect(Object.keys(ours)).toEqual(Object.keys(KERAS.certain));
    for (const [name, { dtype, shape, data }] of Object.entries(ours)) {
      expect({ dtype, shape, values: Array.from(data as Float32Array) }).toEqual(KERAS.certain[name]);
    }
  });

  it("of categories have the softmax of the logits as frequencies", () => {
    const chances = [0.5, 0.125, 0.25, 0.125];
    const { data } = random.categorical([chances.map((p) => Math.log(p) + 7)], COUNT, { seed: 3 });
    for (const [i, p] of chances.entries()) {
      const found = (data as Int32Array).filter((one) => one === i).length / COUNT;
      expect(Math.abs(found - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / COUNT));
    }
  });

  it("have parameters that broadcast, and a number is the same as an array of it", () => {
    const two = random.gamma([2, 3], [[0.3], [50]], { seed: 1 }).tolist() as number[][];
    expect(two[0]!).toEqual((random.gamma([2, 3], 0.3, { seed: 1 }).tolist() as number[][])[0]);
    expect(two[1]!).toEqual((random.gamma([2, 3], 50, { seed: 1 }).tolist() as number[][])[1]);
  });

  it("of beta stay between 0 and 1 for parameters whose gamma numbers underflow", () => {
    for (const value of random.beta([200], 1e-4, 1e-4, { seed: 1 }).data)
      expect([0, 1]).toContain(Math.round(value as number));
  });
});

describe("shuffle and dropout", () => {
  it("shuffle moves whole slices, of every dtype, along the axis", () => {
    const x = Tensor.from(
      Array.from({ length: 12 }, (_, i) => i),
      "int64",
    ).reshape([2, 3, 2]); // prettier-ignore
    const y = random.shuffle(x, { axis: -2, seed: 4 });
    expect([y.dtype, y.shape]).toEqual(["int64", [2, 3, 2]]);
    const starts = [0, 1, 2].map((i) => Number(y.item(0, i, 0)));
    expect([...starts].sort()).toEqual([0, 2, 4]);
    for (const [i, start] of starts.entries()) {
      expect([y.item(0, i, 1), y.item(1, i, 0)].map(Number)).toEqual([start + 1, start + 6]);
    }
    expect(Array.from(random.shuffle(["a", "b", "c"]).data as unknown as string[]).sort()).toEqual(["a", "b", "c"]);
  });

  it("dropout drops the given part, whole columns with a noise shape, and scales the rest", () => {
    const ones = Tensor.full([1000, 4], 1);
    const each = Array.from(random.dropout(ones, 0.2, { seed: 1 }).data);
    expect(new Set(each)).toEqual(new Set([0, 1.25]));
    expect(Math.abs(each.filter((value) => value === 0).length / 4000 - 0.2)).toBeLessThan(0.03);
    const rows = random.dropout(ones, 0.5, { seed: 1, noiseShape: [null, 1] }).tolist() as number[][];
    for (const row of rows) expect(new Set(row).size).toBe(1);
    expect(new Set(rows.flat())).toEqual(new Set([0, 2]));
  });
});

describe("SeedGenerator", () => {
  it("counts and has a config as Keras's", () => {
    const generator = new random.SeedGenerator(5);
    expect([generator.next(), generator.next(), generator.next()]).toEqual(KERAS.states);
    expect(new random.SeedGenerator(5, { name: "mine" }).getConfig()).toEqual(KERAS.config);
  });

  it("without a seed follows setRandomSeed", () => {
    setRandomSeed(1);
    const first = new random.SeedGenerator().next();
    const second = new random.SeedGenerator().next();
    setRandomSeed(1);
    expect(new random.SeedGenerator().next()).toEqual(first);
    expect(second).not.toEqual(first);
    clearRandomSeed();
  });
});

describe("errors", () => {
  test.each([
    [() => random.gamma([2], 0), /random\.gamma: alpha must be a number > 0/],
    [() => random.beta([2], 1, [1, 2, 3]), /random\.beta: beta does not broadcast/],
    [() => random.binomial([2], 2 ** 24 + 1, 0.5), /random\.binomial: counts.*[\s\S]*16777216/],
    [() => random.binomial([2], 3, 1.5), /random\.binomial: probabilities/],
    [() => random.categorical([0, 1], 2), /Put a single distribution into a list/],
    [() => random.categorical([[Number.NaN, 1]], 2), /row 0 of the logits is no distribution/],
    [() => random.shuffle([1, 2], { axis: 1 }), /there is no such axis/],
    [() => random.dropout([1, 2], 2), /random\.dropout: rate/],
    [() => random.dropout([1, 2], 0.5, { noiseShape: [3] }), /noiseShape does not fit/],
    [() => random.randint([2], 3, 3), /random\.randint: high/],
    [() => random.uniform([2], { seed: "1" as never }), /or a SeedGenerator/],
    [() => new random.SeedGenerator(-1), /SeedGenerator\.seed/],
    [
      () => new random.SeedGenerator(1).setState({ json: { seed: 1 }, tensors: {} }),
      /not the state of a SeedGenerator/,
    ],
  ])("%s", (run, text) => {
    expect(run).toThrow(text);
  });
});
