import { describe, expect, it } from "vitest";
import type { SerializedPart } from "../../src/core/parts.js";
import { defaultEngine } from "../../src/engine/index.js";
import { grad, type InputValue, interpret, interpretPlan, plan, type Value } from "../../src/graph/index.js";
import * as catalogue from "../../src/losses/catalogue.js";
import {
  canonicalName,
  deserialize,
  get,
  Loss,
  type LossOptions,
  lossFields,
  lossValue,
  type Reduction,
  reduceLoss,
  register,
  serialize,
} from "../../src/losses/index.js";
import * as ops from "../../src/ops/index.js";
import { flat, givenToKeras, type Nested, paired, type Row, slopes } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";
import { optionsOf } from "./keras-options.js";
import { type LossByHand, lossCases } from "./losses.cases.js";

interface Data {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype: "float32" | "int32";
}
interface Case {
  readonly name: string;
  readonly kwargs: Record<string, unknown>;
  readonly config: SerializedPart;
  readonly yTrue: Data;
  readonly yPred: Data;
  readonly values: Data;
  readonly reduced: readonly {
    readonly reduction: Reduction;
    readonly weight: Data | null;
    readonly loss: number;
    readonly gradient: readonly number[];
  }[];
}

const fixture = kerasFixture<{ cases: readonly Case[]; names: Record<string, string> }>("losses");
/** Options that Keras accepts but omits from its config. We write them, and Keras reads them. */
const FORGOTTEN: Readonly<Record<string, readonly string[]>> = { CosineSimilarity: ["axis"], Huber: ["delta"] };

const leaf = (name: string, { shape, dtype }: Data): InputValue => ops.input(name, [-1, ...shape.slice(1)], dtype);

/** Keras's default reduction by hand: the sum of the samples' losses divided by their number. */
function byHandCase(name: string, loss: Loss, { yTrue, yPred, values }: LossByHand): Case {
  const described = (numbers: Nested): Data => ({ ...flat(numbers), dtype: "float32" });
  const [labels, predictions, samples] = [described(yTrue), described(yPred), described(values)];
  const mean = samples.data.reduce((sum, value) => sum + value, 0) / samples.data.length;
  const [target, output] = [leaf("yTrue", labels), leaf("yPred", predictions)];
  const total = ops.sum(loss.call(target, output));
  const value = (at: readonly number[]): number => {
    const feeds = new Map<Value, readonly number[]>([
      [target, labels.data],
      [output, at],
    ]);
    return interpret([total], { feeds, rows: predictions.shape[0]! })[0]!.data[0]! / samples.data.length;
  };
  const gradient = slopes(value, predictions.data);
  const reduced = [{ reduction: "sum_over_batch_size", weight: null, loss: mean, gradient }] as const;
  return { name, kwargs: {}, config: serialize(loss), yTrue: labels, yPred: predictions, values: samples, reduced };
}

describe.each(Object.entries(catalogue))("%s", (name, cls) => {
  const make = cls as unknown as new (options: object) => Loss;
  const expected = fixture.cases.filter((row) => row.name === name);
  const rows = lossCases[name as keyof typeof lossCases] as readonly Row<object, LossByHand>[];
  const cases = paired("losses", name, rows, expected, (options, byHand) =>
    byHandCase(name, new make(options), byHand),
  );

  it("has the options that Keras was given", () => {
    expect(givenToKeras(cases)).toEqual(expected.map(({ kwargs }) => optionsOf(kwargs)));
  });

  describe.each(cases.map(({ options, expected: row }) => [JSON.stringify(options), options, row] as const))(
    "%s",
    (_t, options, row) => {
      const rows = row.yPred.shape[0]!;
      const yTrue = leaf("yTrue", row.yTrue);
      const yPred = leaf("yPred", row.yPred);
      const feeds = new Map<Value, readonly number[]>([
        [yTrue, row.yTrue.data],
        [yPred, row.yPred.data],
      ]);

      it("gives each sample Keras's loss", () => {
        const values = new make(options).call(yTrue, yPred);
        const [ours] = interpret([values], { feeds, rows });
        expect(ours!.shape).toEqual(row.values.shape);
        expect(firstDifference(ours!.data, row.values.data)).toBe(null);
      });

      it.each([1, 3])("reduces them to Keras's number and gradients in %i shards", (shards) => {
        for (const { reduction, weight, loss, gradient } of row.reduced) {
          const sampleWeight = weight === null ? null : leaf("weight", weight);
          const whole = ops.input("rows", [], "float32");
          const part = lossValue(new make({ ...options, reduction }), yTrue, yPred, sampleWeight, whole);
          const [dy] = grad(part, [yPred]);
          const environment = new Map<Value, readonly number[] | number>([...feeds, [whole, rows]]);
          if (sampleWeight !== null) environment.set(sampleWeight, weight!.data);
          const program = plan([ops.allSum(part), dy!], shards);
          const [total, slope] = interpretPlan(program, { feeds: environment, rows });
          // Losses of both signs cancel: beside a 1, only losses of that magnitude are accurate.
          expect(firstDifference([total!.data[0]!, 1], [loss, 1])).toBe(null);
          expect(firstDifference(slope!.data, gradient)).toBe(null);
        }
      });

      it("is the same on the engine that trains", async () => {
        const { reduction, weight, loss, gradient } = row.reduced.at(-1)!;
        const sampleWeight = weight === null ? null : leaf("weight", weight);
        const whole = ops.input("rows", [], "float32");
        const part = lossValue(new make({ ...options, reduction }), yTrue, yPred, sampleWeight, whole);
        const [dy] = grad(part, [yPred]);
        const engine = await defaultEngine();
        const results = { total: ops.allSum(part), slope: dy! };
        const program = await engine.compile({ name: "loss", results, updates: new Map(), shards: 2 });
        const fed = new Map<InputValue, readonly number[] | number>([
          [yTrue, row.yTrue.data],
          [yPred, row.yPred.data],
          [whole, rows],
        ]);
        if (sampleWeight !== null) fed.set(sampleWeight, weight!.data);
        const { total, slope } = await program.run({ rows, feeds: fed, seed: 0, iteration: 0 });
        program.dispose();
        expect(firstDifference([total!.item(), 1], [loss, 1])).toBe(null);
        expect(firstDifference(slope!.data as Float32Array, gradient)).toBe(null);
      });

      it("is written as Keras writes it, and read back", () => {
        const loss = new make(options);
        const config = serialize(loss);
        const written = Object.entries(config.config).filter(([key]) => !FORGOTTEN[name]?.includes(key));
        expect({ ...config, config: Object.fromEntries(written) }).toEqual(row.config);
        expect(serialize(deserialize(config))).toEqual(config);
        expect(deserialize(row.config)).toBeInstanceOf(make);
      });
    },
  );
});

describe("names of losses", () => {
  it.each(Object.entries(fixture.names))("%s is %s", (name, canonical) => {
    const loss = get(name);
    expect(serialize(loss).class_name).toBe(serialize(get(canonical)).class_name);
    expect(canonicalName(name)).toBe(canonicalName(canonical));
  });

  it("are canonical in files", () => {
    expect(canonicalName("mse")).toBe("mean_squared_error");
    expect(canonicalName("KLD")).toBe("kl_divergence");
    expect(canonicalName("my_loss")).toBe("my_loss");
  });

  it("are suggested for misspelled ones", () => {
    expect(() => get("binary_crosentropy", "compile: loss")).toThrow(
      /^compile: loss: unknown name "binary_crosentropy"\..*Did you mean "binary_crossentropy"\?$/u,
    );
  });

  it("accept options, which are checked", () => {
    expect(() => new catalogue.Huber({ dela: 2 } as never)).toThrow('Huber has no option "dela"');
    expect(() => new catalogue.BinaryCrossentropy({ labelSmoothing: 2 })).toThrow(
      "BinaryCrossentropy.labelSmoothing must be a number >= 0 and <= 1. Received: 2.",
    );
  });

  it("read Keras's dictionary of a function, and old reductions", () => {
    const json = {
      module: "builtins",
      class_name: "function",
      config: "mean_squared_error",
      registered_name: "function",
    };
    expect(deserialize(json)).toBeInstanceOf(catalogue.MeanSquaredError);
    const old = deserialize({ class_name: "MeanSquaredError", config: { reduction: "auto", name: "mse", fn: "x" } });
    expect([old.reduction, old.name]).toEqual(["sum_over_batch_size", "mse"]);
  });
});

describe("custom losses", () => {
  const yTrue = ops.input("yTrue", [-1, 2], "float32");
  const yPred = ops.input("yPred", [-1, 2], "float32");

  it("may be functions, which cannot be saved", () => {
    const loss = get(function cubed(t: Value, p: Value) {
      return ops.mean(ops.power(ops.abs(ops.subtract(t, p)), 3), { axes: [-1] });
    });
    expect(loss.name).toBe("cubed");
    const feeds = new Map<Value, number[]>([
      [yTrue, [0, 0]],
      [yPred, [2, 0]],
    ]);
    expect(interpret([loss.call(yTrue, yPred)], { feeds })[0]!.data).toEqual(Float64Array.of(4));
    expect(() => serialize(loss)).toThrow(
      'The loss function "cubed" cannot be saved, because files cannot hold functions',
    );
  });

  it("may be registered classes", () => {
    class Worst extends Loss {
      static readonly className = "Worst";
      static readonly fields = lossFields("worst");
      constructor(options: LossOptions = {}) {
        super({ name: "worst", reduction: "sum", ...options });
      }
      override call(t: Value, p: Value): Value {
        return ops.max(ops.abs(ops.subtract(t, p)), { axes: [-1] });
      }
    }
    expect(() => serialize(new Worst())).toThrow("The loss class Worst is not registered");
    register(Worst, "mine");
    const config = serialize(new Worst());
    expect(config).toMatchObject({ class_name: "Worst", registered_name: "mine>Worst", config: { reduction: "sum" } });
    expect(deserialize(config)).toBeInstanceOf(Worst);
    expect(get("Worst")).toBeInstanceOf(Worst);
  });

  it("need a reduction for training", () => {
    const loss = new catalogue.MeanSquaredError({ reduction: "none" });
    expect(() => lossValue(loss, yTrue, yPred, null, ops.constant(3))).toThrow(
      'A loss with reduction "none" gives no number to minimize',
    );
  });
});

describe("shapes that do not fit a loss", () => {
  const ids = ops.input("ids", [-1], "int32");
  const scores = ops.input("scores", [-1, 5], "float32");

  it("are errors with a fix", () => {
    expect(() => get("categorical_crossentropy").call(ids, scores)).toThrow(
      "categorical_crossentropy needs targets of the predictions' shape. Received: targets (?,). Expected: (?, 5). Give one-hot targets, or use SparseCategoricalCrossentropy for class indices.",
    );
    expect(() => get("sparse_categorical_crossentropy").call(scores, scores)).toThrow(
      "sparse_categorical_crossentropy needs one class index for each prediction. Received: targets (?, 5). Expected: (?,). Give class indices from 0, or use CategoricalCrossentropy for one-hot targets.",
    );
  });

  it("include weights with more axes than the losses", () => {
    const values = ops.input("values", [-1], "float32");
    expect(() => reduceLoss(values, scores, "sum", ops.constant(1))).toThrow(
      "Sample weights have more dimensions than the losses they weigh. Received: weights (?, 5). Expected: at most (?,). Give one weight a sample.",
    );
  });

  it("do not include one weight per row for losses with more axes", () => {
    const values = ops.input("values", [-1, 2], "float32");
    const weight = ops.input("weight", [-1], "float32");
    const feeds = new Map<Value, number[]>([
      [values, [1, 2, 3, 4]],
      [weight, [1, 10]],
    ]);
    const total = reduceLoss(values, weight, "sum", ops.constant(2));
    expect(interpret([total], { feeds, rows: 2 })[0]!.data).toEqual(Float64Array.of(73));
  });
});
