import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { layers, loadModel, Model, random, type Value } from "pawl";
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
  ] as [string, () => Model, string][])(
    "%s comes back (%#), and trains on as if nothing had happened",
    async (_, make, name) => {
      const model = await trained(make());
      const file = join(folder, `${model.name}-${name}`);
      await model.save(file);
      const loaded = await loadModel(file, { customObjects: { Sized, Listed } });
      expect((await loaded.predict(x, quiet)).data).toEqual((await model.predict(x, quiet)).data);
      const more = { ...quiet, initialEpoch: 1, epochs: 3 };
      expect((await loaded.fit(x, y, more)).history).toEqual((await model.fit(x, y, more)).history);
    },
  );

  it("whose arguments are no plain data is refused, and its weights can be saved", async () => {
    const model = await trained(new Holding(new Sized(4)));
    await expect(model.save(join(folder, "no.keras"))).rejects.toThrow(
      "its constructor takes inner, which files cannot hold",
    );
    const file = join(folder, "yes.weights.h5");
    await model.saveWeights(file);
    const other = await trained(new Holding(new Sized(4)));
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
