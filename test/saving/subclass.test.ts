import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Batch,
  cloneModel,
  Input,
  layers,
  loadModel,
  Model,
  metrics,
  modelFromJSON,
  ops,
  random,
  Sequential,
  type Shape,
  setRandomSeed,
  type TrainStep,
  type Value,
  type Variable,
} from "pawl";
import { describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "pawl-subclass-"));
const x = random.normal([8, 3], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });
const quiet = { verbose: 0 } as const;

class Sized extends Model {
  readonly units: number;
  readonly d1: layers.Dense;
  readonly d2 = new layers.Dense(1);
  constructor(units: number) {
    super();
    this.units = units;
    this.d1 = new layers.Dense(units);
  }
  override call(input: Value): Value {
    return this.d2.call(this.d1.call(input));
  }
}

class Listed extends Model {
  readonly first = new layers.Dense(2);
  readonly blocks = [new layers.Dense(2), [new layers.Dense(1)]] as const;
  override call(input: Value): Value {
    return this.blocks[1][0].call(this.blocks[0].call(this.first.call(input)));
  }
}

class Holding extends Model {
  readonly inner: Model;
  constructor(inner: Model) {
    super();
    this.inner = inner;
  }
  override call(input: Value): Value {
    return this.inner.call(input);
  }
}

/** Holds layers in every way that an argument can, and one of them twice. */
class Parts extends Model {
  readonly encoder: Model;
  readonly heads: readonly layers.AnyLayer[];
  readonly by: { readonly [name: string]: layers.AnyLayer };
  readonly again: Model;
  constructor(
    encoder: Model,
    {
      heads,
      by,
      again,
      ...common
    }: { heads: readonly layers.AnyLayer[]; by: Parts["by"]; again: Model; name?: string },
  ) {
    super(common);
    this.encoder = encoder;
    this.heads = heads;
    this.by = by;
    this.again = again;
  }
  override call(input: Value): Value {
    const [a, b] = this.heads.map((head) => head.call(this.encoder.call(input)) as Value);
    return this.by["last"]!.call(ops.concatenate([a!, b!, this.again.call(input)], 1));
  }
}

const custom = () => {
  const encoder = new Sequential([new layers.Dense(3, { inputShape: [3] }), new layers.Dropout(0.2)]);
  const inner = new Sized(2);
  return new Parts(encoder, {
    heads: [new layers.Dense(2), inner],
    by: { last: new layers.Dense(1) },
    again: encoder,
    name: "parts",
  });
};

const trained = async <M extends Model>(model: M): Promise<M> => {
  model.compile({ optimizer: "adam", loss: "mse" });
  await model.fit(x, y, quiet);
  return model;
};

describe("a model as a class, in files", () => {
  it.each([
    ["with arguments", () => new Sized(5), "m.keras"],
    ["with arguments", () => new Sized(5), "m.h5"],
    ["without a constructor", () => new Listed(), "m.keras"],
    ["without a constructor", () => new Listed(), "m.h5"],
    ["with models as arguments", () => new Holding(new Sized(4)), "m.keras"],
    ["with models as arguments", () => new Holding(new Sized(4)), "m.h5"],
    ["with layers in lists, records and twice", custom, "m.keras"],
    ["with layers in lists, records and twice", custom, "m.h5"],
  ] as [string, () => Model, string][])(
    "%s comes back (%#), and trains on as if nothing had happened",
    async (_, make, name) => {
      const model = await trained(make());
      const file = join(folder, `${model.name}-${name}`);
      await model.save(file);
      const loaded = await loadModel(file, { customObjects: { Sized, Listed, Holding, Parts } });
      expect((await loaded.predict(x, quiet)).data).toEqual((await model.predict(x, quiet)).data);
      const more = { ...quiet, initialEpoch: 1, epochs: 3 };
      expect((await loaded.fit(x, y, more)).history).toEqual((await model.fit(x, y, more)).history);
    },
  );

  it("whose arguments are no data and no layers is refused, and its weights can be saved", async () => {
    class Loss extends Model {
      readonly inner = new layers.Dense(1);
      readonly by: Date;
      constructor(by: Date) {
        super();
        this.by = by;
      }
      override call(input: Value): Value {
        return this.inner.call(input);
      }
    }
    const model = await trained(new Loss(new Date()));
    await expect(model.save(join(folder, "no.keras"))).rejects.toThrow(
      "its constructor takes by, which files cannot hold",
    );
    const file = join(folder, "yes.weights.h5");
    await model.saveWeights(file);
    const other = await trained(new Loss(new Date()));
    await other.loadWeights(file);
    expect((await other.predict(x, quiet)).data).toEqual((await model.predict(x, quiet)).data);
  });

  it("goes on in its run folder, and weights of other shapes are refused", async () => {
    const run = join(folder, "run");
    const fit = async (units: number, epochs: number) => {
      const model = new Sized(units);
      model.compile({ optimizer: "adam", loss: "mse" });
      return model.fit(x, y, { ...quiet, run, epochs });
    };
    await fit(3, 1);
    expect((await fit(3, 2)).epoch.length).toBe(2);
    await expect(fit(4, 3)).rejects.toThrow(/units: was 3, is 4/);
  });
});

describe("layers among the arguments of a class", () => {
  const known = { customObjects: { Sized, Holding, Parts } };

  it("are shared again where they were shared, and built with the model", async () => {
    const model = await trained(custom());
    for (const name of ["s.keras", "s.h5"]) {
      await model.save(join(folder, name));
      const loaded = await loadModel<Parts>(join(folder, name), known);
      if (name.endsWith(".h5")) await loaded.predict(x, quiet);
      expect(loaded.built).toBe(true);
      expect(loaded.again).toBe(loaded.encoder);
      expect(loaded.weights.length).toBe(model.weights.length);
      expect((await loaded.predict(x, quiet)).data).toEqual((await model.predict(x, quiet)).data);
    }
    const described = modelFromJSON<Parts>(JSON.stringify(model), known);
    expect(described.again).toBe(described.encoder);
    const clone = cloneModel(model);
    expect(clone.again).toBe(clone.encoder);
    expect(clone.encoder).not.toBe(model.encoder);
    await clone.setWeights(await model.getWeights());
    expect((await clone.predict(x, quiet)).data).toEqual((await model.predict(x, quiet)).data);
  });

  it("are shared with the graph that they are in", async () => {
    const encoder = new layers.Dense(3, { name: "encoder" });
    const input = Input({ shape: [3] });
    const model = new Model(input, new Holding(encoder as unknown as Model).apply(encoder.apply(input)));
    await model.save(join(folder, "graph.keras"));
    const loaded = await loadModel(join(folder, "graph.keras"), known);
    expect(loaded.weights.length).toBe(2);
    expect(loaded.getLayer(2, Holding).inner).toBe(loaded.getLayer("encoder"));
    expect((await loaded.predict(x)).data).toEqual((await model.predict(x)).data);
  });

  it("go on in a run folder", async () => {
    const run = join(folder, "parts-run");
    const fit = async (epochs: number, run?: string) => {
      setRandomSeed(3);
      const model = custom();
      model.compile({ optimizer: "adam", loss: "mse" });
      const { history } = await model.fit(x, y, { ...quiet, epochs, batchSize: 4, ...(run ? { run } : {}) });
      return { history, weights: await model.getWeights() };
    };
    await fit(1, run);
    expect(await fit(3, run)).toEqual(await fit(3));
  });

  it("that the constructor replaces are refused", async () => {
    class Wrapping extends Model {
      readonly inner: Model;
      constructor(inner: Model) {
        super();
        this.inner = new Sequential([inner, new layers.Dense(2)]);
      }
      override call(input: Value): Value {
        return this.inner.call(input);
      }
    }
    const model = new Wrapping(new Sequential([new layers.Dense(2)]));
    await model.predict(x);
    await expect(model.save(join(folder, "wrapping.keras"))).rejects.toThrow(
      'cannot be saved with the model: its constructor takes inner, which its constructor makes {"module":"keras"',
    );
  });
});

describe("what files keep of a class", () => {
  it("the config has nothing that the constructor does not take", () => {
    const { config, name } = JSON.parse(JSON.stringify(new Sized(5))) as Record<string, unknown>;
    expect(config).toEqual({ units: 5 });
    expect(name).toMatch(/^sized/);
    const named = JSON.parse(JSON.stringify(custom())) as { config: object };
    expect(Object.keys(named.config)).toEqual(["name", "trainable", "dtype", "encoder", "heads", "by", "again"]);
  });

  it("frozen layers inside it stay frozen, and trained ones trained", async () => {
    const model = new Sized(4);
    model.build([null, 3]);
    model.d1.trainable = false;
    await trained(model);
    for (const name of ["frozen.keras", "frozen.h5"]) {
      await model.save(join(folder, name));
      const loaded = await loadModel<Sized>(join(folder, name), { customObjects: { Sized } });
      await loaded.predict(x);
      expect([loaded.d1.trainable, loaded.d2.trainable]).toEqual([false, true]);
      const more = { ...quiet, initialEpoch: 1, epochs: 2 };
      const before = (await loaded.getWeights())[0]!.data;
      await loaded.fit(x, y, more);
      expect((await loaded.getWeights())[0]!.data).toEqual(before);
    }
  });

  it("weights of its own, in .h5 too", async () => {
    class Shifted extends Model {
      readonly d = new layers.Dense(1);
      shift!: Variable;
      override build(_: readonly Shape[]): void {
        this.shift = this.addWeight("shift", { shape: [1], initializer: "ones" });
      }
      override call(input: Value): Value {
        return ops.add(this.d.call(input), this.shift.value);
      }
    }
    const model = await trained(new Shifted());
    for (const name of ["own.keras", "own.h5"]) {
      await model.save(join(folder, name));
      const loaded = await loadModel(join(folder, name), { customObjects: { Shifted } });
      expect((await loaded.predict(x, quiet)).data).toEqual((await model.predict(x, quiet)).data);
    }
  });

  it("metrics that it holds", async () => {
    class Tracking extends Model {
      readonly d = new layers.Dense(1);
      readonly error = new metrics.MeanSquaredError({ name: "error" });
      override call(input: Value): Value {
        return this.d.call(input);
      }
      override trainStep({ x, y }: Batch, step: TrainStep) {
        const yPred = this.call(x);
        const loss = ops.mean(ops.square(ops.subtract(y, yPred)));
        step.minimize(loss);
        step.measure(this.error, y, yPred);
        return { loss };
      }
    }
    const model = await trained(new Tracking());
    await model.save(join(folder, "tracking.keras"));
    const loaded = await loadModel<Tracking>(join(folder, "tracking.keras"), { customObjects: { Tracking } });
    expect(loaded.error.result()).toBe(model.error.result());
    const more = { ...quiet, initialEpoch: 1, epochs: 2 };
    expect((await loaded.fit(x, y, more)).history).toEqual((await model.fit(x, y, more)).history);
  });

  it("the seed of a model that has not trained yet, compiled or not", async () => {
    for (const isCompiled of [true, false]) {
      const model = new Sequential([
        new layers.Dense(4, { inputShape: [3] }),
        new layers.Dropout(0.5),
        new layers.Dense(1),
      ]);
      const compile = (one: Model) => one.compile({ optimizer: "sgd", loss: "mse" });
      if (isCompiled) compile(model);
      await model.save(join(folder, "unfitted.keras"));
      setRandomSeed(77);
      const loaded = await loadModel(join(folder, "unfitted.keras"));
      if (!isCompiled) for (const one of [model, loaded]) compile(one);
      expect((await loaded.fit(x, y, quiet)).history).toEqual((await model.fit(x, y, quiet)).history);
    }
  });

  it("calls by name in a functional model", async () => {
    class Both extends Model<{ readonly a: Value; readonly b: Value }> {
      readonly d = new layers.Dense(2);
      override call({ a, b }: { readonly a: Value; readonly b: Value }): Value {
        return ops.subtract(this.d.call(a), b);
      }
    }
    const [b, a] = [Input({ shape: [2], name: "first" }), Input({ shape: [3], name: "second" })];
    const model = new Model([b, a], new Both().apply({ b, a }));
    const data = [random.normal([4, 2]), random.normal([4, 3])];
    for (const name of ["named.keras", "named.h5"]) {
      await model.save(join(folder, name));
      const loaded = await loadModel<typeof model>(join(folder, name), { customObjects: { Both } });
      expect((await loaded.predict(data)).data).toEqual((await model.predict(data)).data);
      expect(JSON.stringify(loaded)).toBe(JSON.stringify(model));
    }
    const clone = cloneModel(model);
    await clone.setWeights(await model.getWeights());
    expect((await clone.predict(data)).data).toEqual((await model.predict(data)).data);
  });
});
