import { Input, type layers as Layers, layers, Model, ops, random, Sequential, setRandomSeed, type Value } from "pawl";
import { describe, expect, it } from "vitest";

const x = random.normal([8, 3], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });
const text = random.integers(0, 10, [8, 4], { seed: 3 });

class Chain extends Model {
  readonly d1 = new layers.Dense(4, { activation: "relu" });
  readonly d2 = new layers.Dense(1);
  override call(input: Value): Value {
    return this.d2.call(this.d1.call(input));
  }
}

interface Sample {
  readonly [name: string]: Value;
  readonly image: Value;
  readonly text: Value;
}

class Named extends Model<Sample, { readonly z: Value; readonly a: Value }> {
  readonly emb = new layers.Embedding(10, 3);
  readonly d = new layers.Dense(3);
  readonly e = new layers.Dense(1);
  override call({ image, text: ids }: Sample): { readonly z: Value; readonly a: Value } {
    const z = ops.add(this.d.call(image), ops.mean(this.emb.call(ids), { axes: [1] }));
    return { z, a: this.e.call(z) };
  }
}

const compiled = <M extends Model>(model: M): M => {
  model.compile({ optimizer: "sgd", loss: "mse" });
  return model;
};

describe("a model as a class", () => {
  it.each<[string, (model: Chain) => unknown]>([
    ["fit", (model) => model.fit(x, y, { verbose: 0 })],
    [
      "fit on a generator",
      (model) =>
        model.fit(
          function* () {
            yield [x, y];
          },
          { verbose: 0 },
        ),
    ],
    [
      "fit on an iterator that is read once",
      (model) => model.fit([[x, y]][Symbol.iterator](), { verbose: 0, stepsPerEpoch: 1 }),
    ],
    ["evaluate", (model) => model.evaluate(x, y, { verbose: 0 })],
    ["predict", (model) => model.predict(x, { verbose: 0 })],
    ["trainOnBatch", (model) => model.trainOnBatch(x, y)],
    ["build", (model) => model.build([null, 3])],
    ["build with a list", (model) => model.build([[null, 3]])],
    ["being applied", (model) => model.apply(Input({ shape: [3] }))],
  ])("is built by %s", async (_, act) => {
    const model = compiled(new Chain());
    await act(model);
    expect(model.countParams()).toBe(21);
    expect(model.layers).toEqual([model.d1, model.d2]);
    expect(model.weights.map(({ path }) => path.split("/").slice(1).join("/").replace(/_\d+/, ""))).toEqual([
      "dense/kernel",
      "dense/bias",
      "dense/kernel",
      "dense/bias",
    ]);
  });

  it("computes and trains what the same layers do in a Sequential", async () => {
    setRandomSeed(3);
    const model = compiled(new Chain());
    model.build([null, 3]);
    const chain = new Sequential([new layers.Dense(4, { activation: "relu", inputShape: [3] }), new layers.Dense(1)]);
    chain.compile({ optimizer: "sgd", loss: "mse" });
    await chain.setWeights(await model.getWeights());
    const options = { epochs: 3, shuffle: false, verbose: 0 } as const;
    const [a, b] = [await model.fit(x, y, options), await chain.fit(x, y, options)];
    expect(a.history).toEqual(b.history);
    expect((await model.predict(x)).data).toEqual((await chain.predict(x)).data);
  });

  it("takes and gives records, and logs by their names", async () => {
    const model = new Named();
    model.compile({ optimizer: "adam", loss: { z: "mse", a: "mae" }, metrics: { a: ["mse"] } });
    const { history } = await model.fit({ image: x, text }, { z: random.normal([8, 3]), a: y }, { verbose: 0 });
    expect(Object.keys(history)).toEqual(["a_loss", "a_mse", "loss", "z_loss"]);
    const { z, a } = await model.predict({ image: x, text });
    expect([z.shape, a.shape]).toEqual([
      [8, 3],
      [8, 1],
    ]);
    expect(model.inputNames).toEqual(["image", "text"]);
  });

  it("is called on records inside another model, and inside a functional one", async () => {
    class Outer extends Model<Sample> {
      readonly inner = new Named();
      override call(sample: Sample): Value {
        return this.inner.call(sample).a;
      }
    }
    const outer = new Outer();
    expect((await outer.predict({ image: x, text })).shape).toEqual([8, 1]);
    const [image, ids] = [Input({ shape: [3], name: "image" }), Input({ shape: [4], dtype: "int32", name: "text" })];
    const { a } = outer.inner.apply({ image, text: ids });
    const functional = new Model([image, ids], a);
    expect((await functional.predict([x, text])).data).toEqual((await outer.predict({ image: x, text })).data);
  });

  it("is traced anew for data of another shape, as long as its weights fit", async () => {
    class Pooled extends Model {
      readonly d = new layers.Dense(2);
      override call(input: Value): Value {
        return ops.mean(this.d.call(input), { axes: [1] });
      }
    }
    const model = new Pooled();
    expect((await model.predict(random.normal([2, 5, 3]))).shape).toEqual([2, 2]);
    expect((await model.predict(random.normal([2, 7, 3]))).shape).toEqual([2, 2]);
    await expect(model.predict(random.normal([2, 7, 4]))).rejects.toThrow("Dense");
  });

  it("adds to a graph that it was given", async () => {
    class Twice extends Model {
      override call(input: Value, context: Layers.CallContext): Value {
        return ops.multiply(super.call(input, context), 2);
      }
    }
    const input = Input({ shape: [3] });
    const model = new Twice(input, new layers.Dense(1, { kernelInitializer: "ones" }).apply(input));
    expect((await model.predict([[1, 1, 1]])).data).toEqual(new Float32Array([6]));
  });

  it("runs a layer several times, in a loop", async () => {
    class Loop extends Model {
      readonly d = new layers.Dense(3);
      override call(input: Value): Value {
        let state = input;
        for (let i = 0; i < 3; i++) state = this.d.call(state);
        return state;
      }
    }
    const model = new Loop();
    expect((await model.predict(x)).shape).toEqual([8, 3]);
    expect(model.weights.length).toBe(2);
  });

  it("trains layers that are called in training alone", async () => {
    class Late extends Model {
      readonly main = new layers.Dense(1);
      readonly aux = new layers.Dense(1);
      override call(input: Value, context: Layers.CallContext): Value {
        const out = this.main.call(input);
        return context.training ? ops.add(out, this.aux.call(input)) : out;
      }
    }
    const model = compiled(new Late());
    model.build([null, 3]);
    const before = await model.getWeights();
    await model.fit(x, y, { verbose: 0 });
    expect(before.length).toBe(4);
    const after = await model.getWeights();
    for (const [i, weight] of after.entries()) expect(weight.data).not.toEqual(before[i]!.data);
  });
});

describe("a class that makes no model", () => {
  const failing: [string, () => Promise<unknown> | unknown, string][] = [
    ["without a call", () => new (class Empty extends Model {})().predict(x), "needs to know what Empty"],
    [
      "whose call gives nothing",
      () =>
        new (class Void extends Model {
          override call(): Value {
            return undefined as never;
          }
        })().predict(x),
      "gave something that is no value of a graph. Received: nothing",
    ],
    [
      "whose call is async",
      () =>
        new (class Later extends Model {
          override call(input: Value): Value {
            return Promise.resolve(input) as never;
          }
        })().predict(x),
      "Write call without async",
    ],
    [
      "that hides a method behind a field",
      () =>
        new (class Hiding extends Model {
          override fit = new layers.Dense(1) as never;
          override call(input: Value): Value {
            return input;
          }
        })().predict(x),
      'has a property "fit", which hides what every model has under this name',
    ],
    [
      "with layers that cannot be found",
      () =>
        new (class Hidden extends Model {
          #d = new layers.Dense(1);
          override call(input: Value): Value {
            return this.#d.call(input);
          }
        })().predict(x),
      "which is no part of it, so its weights would be neither trained nor saved",
    ],
    [
      "whose call gives a tensor of a functional model",
      () =>
        new (class Symbolic extends Model {
          readonly d = new layers.Dense(1);
          override call(): Value {
            return this.d.apply(Input({ shape: [3] })) as never;
          }
        })().predict(x),
      'The call of Symbolic "symbolic" gave a tensor of a functional model. Received: what a layer gives for Input().',
    ],
    [
      "whose layer gives a tensor of a functional model",
      () =>
        new Sequential([
          new (class SymbolicLayer extends layers.Layer {
            override call(): Value {
              return [Input({ shape: [3] })] as never;
            }
          })(),
        ]).predict(x),
      "Input() belongs outside of it, in the constructor",
    ],
    ["that is built with no shape", () => new Chain().build("3" as never), "takes the shape of the input"],
    ["with inputs and no outputs", () => new Chain(Input({ shape: [3] }) as never), "The outputs of Chain"],
  ];
  it.each(failing)("%s is told so", async (_, act, message) => {
    await expect((async () => act())()).rejects.toThrow(message);
  });

  it("with layers that come later is told so", async () => {
    class Open extends Model {
      [name: string]: unknown;
      override call(input: Value): Value {
        return (this["d"] as layers.Dense).call(input);
      }
    }
    const model = new Open();
    model["d"] = new layers.Dense(1);
    await model.predict(x);
    model["e"] = new layers.Dense(1);
    await expect(model.predict(x)).rejects.toThrow("was put into Open");
  });

  it("with calls of another grouping is told so", async () => {
    const model = new Named();
    await model.predict({ image: x, text });
    await expect(model.predict({ image: x, words: text })).rejects.toThrow("no input of the model");
  });
});
