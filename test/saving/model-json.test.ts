import { describe, expect, it } from "vitest";
import type { Value } from "../../src/graph/index.js";
import { cloneModel, Input, layers, Model, modelFromJSON, ops, Sequential } from "../../src/index.js";

const X = [
  [1, 2, 3],
  [4, 5, 6],
];

function chain(): Sequential {
  const model = new Sequential([new layers.Dense(4, { activation: "relu", inputShape: [3] }), new layers.Dense(1)]);
  model.compile({ optimizer: "adam", loss: "mse" });
  return model;
}

function graph() {
  const [a, b] = [Input({ shape: [3], name: "a" }), Input({ shape: [3], name: "b" })];
  const shared = new layers.Dense(2, { name: "shared" });
  const both = ops.add(shared.apply(a), shared.apply(b));
  return new Model([a, b], [new layers.Dense(1, { name: "out" }).apply(both), both]);
}

class Twice extends Model {
  readonly inner = new layers.Dense(2);
  readonly factor: number;
  constructor(factor: number) {
    super();
    this.factor = factor;
  }
  override call(x: Value): Value {
    return ops.multiply(this.inner.apply(x), this.factor);
  }
}

describe("a model as JSON", () => {
  it("has the keys of Keras's to_json, and comes back compiled", async () => {
    const model = chain();
    const text = JSON.stringify(model);
    expect(Object.keys(JSON.parse(text))).toEqual([
      "module",
      "class_name",
      "config",
      "registered_name",
      "build_config",
      "compile_config",
    ]);
    const again = modelFromJSON(text);
    await again.setWeights(await model.getWeights());
    expect((await again.predict(X)).toArray()).toEqual((await model.predict(X)).toArray());
    expect(await again.evaluate(X, [[1], [2]], { verbose: 0 })).toEqual(
      await model.evaluate(X, [[1], [2]], { verbose: 0 }),
    );
    expect(JSON.stringify(again)).toBe(text);
  });

  it("of a class comes back with the class", async () => {
    const model = new Twice(3);
    const before = await model.predict(X);
    const again = modelFromJSON<Twice>(model.toJSON(), { customObjects: { Twice } });
    await again.predict(X);
    await again.setWeights(await model.getWeights());
    expect(again.factor).toBe(3);
    expect((await again.predict(X)).toArray()).toEqual(before.toArray());
    expect(() => modelFromJSON(model.toJSON())).toThrow("Twice");
  });

  it.each<[string, unknown, string]>([
    ["a number", 5, "modelFromJSON takes the description of a model. Received: 5."],
    ["no JSON", "{", "the JSON"],
    ["another object", { a: 1 }, "The JSON does not describe a model."],
    ["a layer", { class_name: "Dense", config: { units: 2 } }, "The JSON describes a Dense, and no model."],
  ])("%s is refused by name", (_, json, message) => {
    expect(() => modelFromJSON(json as string)).toThrow(message);
  });
});

describe("a cloned model", () => {
  it.each<[string, () => Sequential | ReturnType<typeof graph>]>([
    ["Sequential", chain],
    ["functional", graph],
  ])("of a %s has the same architecture and new weights", async (_, make) => {
    const model = make();
    const clone = cloneModel(model);
    expect(clone.getConfig()).toEqual(model.getConfig());
    expect(clone.weights.some((weight) => model.weights.includes(weight))).toBe(false);
    await clone.setWeights(await model.getWeights());
    const x = model instanceof Sequential ? X : [X, X];
    expect(await clone.predict(x)).toEqual(await model.predict(x));
  });

  it("of a class is made with the same arguments, without registering it", async () => {
    const clone = cloneModel(new Twice(3));
    expect(clone).toBeInstanceOf(Twice);
    expect(clone.factor).toBe(3);
    expect((await clone.predict(X)).shape).toEqual([2, 2]);
  });

  it("has the layers that cloneFunction gives, called as callFunction says, on the inputs given", async () => {
    const model = graph();
    const inputTensors = [Input({ shape: [3] }), Input({ shape: [3] })];
    const called: string[] = [];
    const clone = cloneModel(model, {
      inputTensors,
      cloneFunction: (layer) =>
        layer.name === "shared"
          ? new layers.Dense(5, { name: "wider" })
          : layer.constructor === layers.Dense
            ? new layers.Dense(1, { name: "last" })
            : layer,
      callFunction: (layer, inputs, options) => {
        called.push(layer.name);
        return layer.apply(inputs as never, options);
      },
    });
    expect(clone.inputs).toEqual(inputTensors);
    expect(clone.outputShape).toEqual([
      [null, 1],
      [null, 5],
    ]);
    expect(called.filter((name) => name === "wider")).toHaveLength(2);
  });

  it("clones models inside layer by layer only where it is told to", () => {
    const inner = new Sequential([new layers.Dense(2, { inputShape: [3] })]);
    const outer = new Sequential([inner]);
    const seen: string[] = [];
    const cloneFunction = (layer: layers.AnyLayer) => {
      seen.push(layer.className);
      return layer;
    };
    cloneModel(outer, { cloneFunction });
    cloneModel(outer, { cloneFunction, recursive: true });
    expect(seen).toEqual(["Sequential", "Dense"]);
  });

  it("refuses what it cannot do", () => {
    expect(() => cloneModel(new layers.Dense(1) as never)).toThrow("cloneModel takes a model.");
    expect(() => cloneModel(new Twice(1), { cloneFunction: (layer) => layer })).toThrow("cannot take cloneFunction");
    expect(() => cloneModel(chain(), { callFunction: (layer) => layer.output })).toThrow("cannot take callFunction");
    expect(() => cloneModel(chain(), { cloneFunction: () => null as never })).toThrow(
      "cloneFunction gave no layer for",
    );
    expect(() => cloneModel(graph(), { inputTensors: Input({ shape: [3] }) })).toThrow(
      "Expected: 2, one for each input",
    );
  });
});
