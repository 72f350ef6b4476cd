import { describe, expect, test } from "vitest";
import { type Json, layers, Tensor, utils } from "../../src/index.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";

interface Outcome {
  readonly shape: number[];
  readonly dtype: string;
  readonly data: number[];
}
interface Case {
  readonly x: never[];
  readonly options: Record<string, Json>;
  readonly expected: Outcome | { readonly error: string };
}

const KERAS = kerasFixture<{
  names: string[];
  saving: string[];
  nested: Record<string, string[]>;
  toCategorical: Case[];
  normalize: Case[];
  padSequences: Case[];
  images: { toImage: Case[]; toArray: Case[] };
  timeseries: {
    data: Outcome;
    targets: Outcome | null;
    options: utils.TimeseriesOptions;
    expected: { x: Outcome; y: Outcome | null }[] | { error: string };
  }[];
  splitDataset: { left: number | null; right: number | null; expected: number[][] | { error: string } }[];
  dtypes: [string | null, string | null][];
  bars: {
    target: number | null;
    options: utils.ProgbarOptions;
    step: number;
    calls: ["add" | "update", number, ([string, number][] | null)?, boolean?][];
    printed: string;
  }[];
}>("utils");

/** Compares values; the dtype where it is not Keras's float64, which Pawl has as float32. */
function expectOutcome(run: () => Tensor, expected: Case["expected"]): void {
  if ("error" in expected) {
    expect(run).toThrow(/Expected: /);
    return;
  }
  const tensor = run();
  expect(tensor.shape).toEqual(expected.shape);
  if (expected.dtype !== "float64") expect(tensor.dtype).toBe(expected.dtype);
  if (tensor.dtype === "string") expect(tensor.data).toEqual(expected.data);
  else expect(firstDifference(Array.from(tensor.data, Number), expected.data)).toBeNull();
}

const named = (cases: readonly Case[]) =>
  cases.map((one) => [JSON.stringify(one.x).slice(0, 40), one.options, one] as const);

describe("utils, with the values of real Keras", () => {
  test.each(named(KERAS.toCategorical))("toCategorical(%s, %j)", (_, options, { x, expected }) => {
    expectOutcome(() => utils.toCategorical(x, options), expected);
  });

  test.each(named(KERAS.normalize))("normalize(%s, %j)", (_, options, { x, expected }) => {
    const order = options["order"] === "inf" ? Number.POSITIVE_INFINITY : (options["order"] as number | undefined);
    expectOutcome(() => utils.normalize(x, order === undefined ? options : { ...options, order }), expected);
  });

  test.each(named(KERAS.padSequences))("padSequences(%s, %j)", (_, options, { x, expected }) => {
    expectOutcome(() => utils.padSequences(x, options), expected);
  });

  test.each(named(KERAS.images.toImage))("arrayToImg(%s, %j)", (_, options, { x, expected }) => {
    const run = (): Tensor => utils.arrayToImg(x, options);
    // Pillow has images of one channel without an axis for it.
    if ("error" in expected || expected.shape.length === 3) expectOutcome(run, expected);
    else expectOutcome(run, { ...expected, shape: [...expected.shape, 1] });
  });

  test.each(named(KERAS.images.toArray))("imgToArray(%s, %j)", (_, options, { x, expected }) => {
    expectOutcome(() => utils.imgToArray(x, options), expected);
  });

  test.each(KERAS.splitDataset)("splitDataset: $left and $right of 11 rows", ({ left, right, expected }) => {
    const x = Array.from({ length: 11 }, (_, row) => [row]);
    const run = (): number[][] =>
      utils.splitDataset(x, { leftSize: left, rightSize: right }).map(({ x: [part] }) => [...part!.data]);
    if ("error" in expected) expect(run).toThrow(/splitDataset/);
    else expect(run()).toEqual(expected);
  });

  test.each(KERAS.timeseries)("timeseriesDatasetFromArray, $options", async ({ data, targets, options, expected }) => {
    const array = ({ data, shape, dtype }: Outcome): Tensor => new Tensor(data, shape, dtype as "float32");
    const run = () => utils.timeseriesDatasetFromArray(array(data), targets && array(targets), options);
    if ("error" in expected) {
      expect(run).toThrow(/timeseriesDatasetFromArray\./);
      return;
    }
    const batches = run();
    expect(batches.batchesPerPass()).toBe(expected.length);
    const stream = batches.open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 });
    for (const { x, y } of expected) {
      const batch = (await stream.next())!;
      for (const [tensor, wanted] of [[batch.x[0], x] as const, [batch.y[0], y] as const]) {
        if (wanted === null) expect(tensor).toBeUndefined();
        else expect({ ...tensor, data: [...tensor!.data] }).toMatchObject(wanted);
      }
    }
    expect(await stream.next()).toBe(null);
  });

  test.each(KERAS.dtypes)("standardizeDtype(%j) is %j", (name, expected) => {
    if (expected === null) expect(() => utils.standardizeDtype(name)).toThrow(/There is no such dtype/);
    else expect(utils.standardizeDtype(name)).toBe(expected);
  });
});

describe("utils, where Keras has a slip or leaves it open", () => {
  test("normalize takes axis 0, in whose place Keras takes the last for NumPy arrays", () => {
    expect(
      utils
        .normalize(
          [
            [3, 0],
            [4, 5],
          ],
          { axis: 0 },
        )
        .toArray(),
    ).toEqual([
      [expect.closeTo(0.6), 0],
      [expect.closeTo(0.8), 1],
    ]);
  });

  test("labels that are no class are refused; Keras counts negative ones from the end", () => {
    expect(() => utils.toCategorical([0, -1])).toThrow(
      /a label that is no class\. Received: -1, element 1\. Expected: whole numbers from 0\./,
    );
    expect(() => utils.toCategorical([0, 4], { numClasses: 3 })).toThrow(/Received: 4, .* Give numClasses: 5\.?/);
  });

  test("splitDataset keeps rows of all arrays together, and a seed gives one order", () => {
    const x = new Tensor(
      Float32Array.from({ length: 10 }, (_, i) => i),
      [10, 1],
    );
    const y = new Tensor(Int32Array.from({ length: 10 }, (_, i) => i * 2));
    const split = (seed: number) => utils.splitDataset([x, y], { leftSize: 0.7, shuffle: true, seed });
    const [left, right] = split(3);
    const rows = [...left.x[0]!.data, ...right.x[0]!.data];
    expect([...rows].sort((a, b) => a - b)).toEqual([...x.data]);
    expect(rows).not.toEqual([...x.data]);
    expect([...left.y[0]!.data, ...right.y[0]!.data]).toEqual(rows.map((row) => row * 2));
    expect(split(3)[0].x[0]!.data).toEqual(left.x[0]!.data);
    expect(split(4)[0].x[0]!.data).not.toEqual(left.x[0]!.data);
  });

  test("shuffled sequences are all there in each pass, and end with targets where Keras fails", async () => {
    const line = Float32Array.from({ length: 12 }, (_, i) => i);
    const firsts = async (pass: number): Promise<number[]> => {
      const options = { sequenceLength: 2, shuffle: true, seed: 4, batchSize: 3, startIndex: 2 };
      const stream = utils
        .timeseriesDatasetFromArray(line, line.slice(0, 9), options)
        .open({ batchSize: 1, shuffle: false, seed: 1, pass });
      const found: number[] = [];
      for (let batch = await stream.next(); batch !== null; batch = await stream.next())
        found.push(...(batch.y[0]!.data as Float32Array));
      return found;
    };
    expect((await firsts(0)).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(await firsts(0)).not.toEqual(await firsts(1));
    expect(() => utils.timeseriesDatasetFromArray(3 as never, null, { sequenceLength: 1 })).toThrow(
      /axis of steps of time/,
    );
  });

  test("getFile opens local files, checks them, and fetches nothing", async () => {
    const path = new URL(import.meta.url);
    await expect(utils.getFile("https://example.com/a.npz")).rejects.toThrow(
      /fetches nothing from a network, asked or unasked\. Received: https:\/\/example\.com\/a\.npz\./,
    );
    await expect(utils.getFile(path)).resolves.toBe(path.pathname);
    await expect(utils.getFile(path.href)).resolves.toBe(path.pathname);
    await expect(utils.getFile(path, { fileHash: "0".repeat(64) })).rejects.toThrow(
      /not the file that was expected\. Received: sha256 /,
    );
    await expect(utils.getFile(path, { fileHash: "0".repeat(32) })).rejects.toThrow(/Received: md5 /);
    await expect(utils.getFile("no/such.npz")).rejects.toThrow(/There is no file "no\/such\.npz"/);
  });

  test("a frozen Config refuses changes, and says how to thaw it", () => {
    const config = new utils.Config({ rate: 0.1 }).set("momentum", 0.9).freeze();
    expect(JSON.stringify(config)).toBe('{"rate":0.1,"momentum":0.9}');
    expect(() => config.set("rate", 1)).toThrow(
      /This Config is frozen\. Received: a change of "rate"\. Call unfreeze\(\)/,
    );
    expect(config.unfreeze().update({ rate: 1 }).items()).toEqual([
      ["rate", 1],
      ["momentum", 0.9],
    ]);
    expect(config.pop("rate")).toBe(1);
    expect(config.get("rate", 5)).toBe(5);
  });

  test("clearSession begins automatic names anew", () => {
    utils.clearSession();
    const names = () => [new layers.Dense(1).name, new layers.Dense(1).name];
    expect(names()).toEqual(["dense", "dense_1"]);
    expect(names()).toEqual(["dense_2", "dense_3"]);
    utils.clearSession();
    expect(names()).toEqual(["dense", "dense_1"]);
  });

  test("batches are packed and unpacked", () => {
    expect(utils.packXYSampleWeight([1], [2])).toEqual([[1], [2]]);
    expect(utils.packXYSampleWeight([1])).toEqual([[1]]);
    expect(utils.unpackXYSampleWeight([[1], [2], [3]])).toEqual([[1], [2], [3]]);
    expect(utils.unpackXYSampleWeight([[1], [2]])).toEqual([[1], [2], null]);
    expect(() => utils.unpackXYSampleWeight([1, 2, 3, 4])).toThrow(/takes a batch/);
  });
});

/** Keras's snake_case names here. */

describe("Progbar", () => {
  const output = (isTerminal: boolean) => {
    const printed: string[] = [];
    return { printed, isTerminal, colors: isTerminal, columns: null, write: (text: string) => void printed.push(text) };
  };
  /** A clock that goes on by so many seconds each time that it is read, as that of the fixtures. */
  const clock = (step: number) => {
    let now = 100;
    return () => (now += step);
  };

  const made = (target: number | null, options: utils.ProgbarOptions, to: ReturnType<typeof output>, step: number) =>
    new utils.Progbar(target, options, to, clock(step));

  test.each(KERAS.bars)("prints what Keras prints: $target, $options", ({ target, options, step, calls, printed }) => {
    const to = output(true);
    const bar = made(target, options, to, step);
    for (const [method, n, values = null, finalize] of calls) {
      if (method === "add") bar.add(n, values ?? {});
      else bar.update(n, values ?? {}, finalize ?? null);
    }
    expect(to.printed.join("")).toBe(printed);
  });

  test("is one plain line at the end where nothing can be redrawn, of an unknown target too", () => {
    const to = output(false);
    const bar = made(null, {}, to, 1);
    bar.add(2, { loss: 3 });
    expect(to.printed).toEqual([]);
    bar.update(4, { loss: 1 }, true);
    expect(to.printed.join("")).toBe("4/4 - 2s - 500ms/step - loss: 1.0000\n");
    expect(bar.target).toBe(4);
  });

  test("takes one of the two lists of names", () => {
    expect(() => new utils.Progbar(1, { statefulMetrics: ["a"], statelessMetrics: ["b"] })).toThrow(
      /either .* Received: statefulMetrics a and statelessMetrics b\. Expected: one of the two lists\. Leave one out/,
    );
  });
});
