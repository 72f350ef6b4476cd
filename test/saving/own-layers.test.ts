import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clearRandomSeed, setRandomSeed } from "../../src/core/seed.js";
import type { Value } from "../../src/graph/value.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Model } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import * as random from "../../src/random/index.js";
import { temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const x = random.normal([8, 4], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });
const run = (context: layers.CallContext, inner: readonly layers.Layer[], inputs: Value): Value =>
  inner.reduce((value, layer) => context.apply(layer, value), inputs);

const modelOf = (layer: layers.Layer): Model => {
  const input = Input({ shape: [4] });
  return new Model(input, new layers.Dense(1).apply(layer.apply(input)));
};
const predicted = async (model: Model): Promise<number[]> =>
  [...(await model.predict(x, { verbose: 0 })).data].map(Number);

describe("layers inside a custom layer are found", () => {
  class Alone extends layers.Layer {
    inner = new layers.Dense(3);
    override call = (inputs: Value, c: layers.CallContext) => run(c, [this.inner], inputs);
  }
  const FOUND: readonly (new () => layers.Layer)[] = [
    Alone,
    class Listed extends layers.Layer {
      inner = [[new layers.Dense(3)], [[new layers.Dense(3)]]] as const;
      override call = (inputs: Value, c: layers.CallContext) => run(c, [this.inner[0][0], this.inner[1][0][0]], inputs);
    },
    class Mapped extends layers.Layer {
      inner = new Map([
        ["a", { deep: [new layers.Dense(3)] }],
        ["b", { deep: [new layers.Dense(3)] }],
      ]);
      override call = (inputs: Value, c: layers.CallContext) =>
        run(
          c,
          [...this.inner.values()].flatMap(({ deep }) => deep),
          inputs,
        );
    },
    class InSet extends layers.Layer {
      inner = new Set([new layers.Dense(3), new layers.Dense(2)]);
      override call = (inputs: Value, c: layers.CallContext) => run(c, [...this.inner], inputs);
    },
    class Late extends layers.Layer {
      inner!: layers.Dense;
      override build(): void {
        this.inner = new layers.Dense(3);
      }
      override call = (inputs: Value, c: layers.CallContext) => run(c, [this.inner], inputs);
    },
    class Kept extends layers.Layer {
      inner?: layers.Dense;
      override call = (inputs: Value, c: layers.CallContext) => run(c, [(this.inner ??= new layers.Dense(3))], inputs);
    },
    class Named extends layers.Layer {
      readonly #inner = new layers.Dense(3);
      override get sublayers(): readonly layers.Layer[] {
        return [this.#inner];
      }
      override call = (inputs: Value, c: layers.CallContext) => run(c, [this.#inner], inputs);
    },
    class Deeper extends layers.Layer {
      block = new Alone();
      override call = (inputs: Value, c: layers.CallContext) => run(c, [this.block.inner], inputs);
    },
  ];

  it.each(FOUND.map((cls) => [cls.name, cls] as const))(
    "%s: they are trained, and saved in every format",
    async (name, cls) => {
      const model = modelOf(new cls());
      model.compile({ optimizer: "sgd", loss: "mse" });
      const before = (await model.getWeights()).map(({ data }) => [...data].join());
      expect(before.length).toBeGreaterThanOrEqual(4);
      await model.fit(x, y, { verbose: 0 });
      const after = (await model.getWeights()).map(({ data }) => [...data].join());
      expect(after.every((weight, i) => weight !== before[i])).toBe(true);
      for (const ending of [".keras", ".h5"]) {
        await model.save(join(folder, name + ending));
        const loaded = await loadModel(join(folder, name + ending), { customObjects: { [name]: cls } });
        expect(await predicted(loaded)).toEqual(await predicted(model));
      }
      await model.saveWeights(join(folder, `${name}.weights.h5`));
      const twin = modelOf(new cls());
      await twin.loadWeights(join(folder, `${name}.weights.h5`));
      expect(await predicted(twin)).toEqual(await predicted(model));
    },
  );
});

describe("layers inside a custom layer that cannot be found are refused by name", () => {
  const outside = new layers.Dense(3, { name: "outside" });
  class Private extends layers.Layer {
    readonly #inner = new layers.Dense(3, { name: "hidden" });
    override call = (inputs: Value, c: layers.CallContext) => run(c, [this.#inner], inputs);
  }
  class Closure extends layers.Layer {
    override call = (inputs: Value, c: layers.CallContext) => run(c, [outside], inputs);
  }
  class InCall extends layers.Layer {
    override call = (inputs: Value, c: layers.CallContext) => run(c, [new layers.Dense(3)], inputs);
  }
  class Anew extends layers.Layer {
    inner?: layers.Dense;
    override call = (inputs: Value, c: layers.CallContext) => run(c, [(this.inner = new layers.Dense(3))], inputs);
  }

  it("at the first call", () => {
    expect(() => modelOf(new Private({ name: "p" }))).toThrow(
      'Private "p" calls Dense "hidden", which is no part of it, so its weights would be neither trained nor saved. Expected: a layer that a property holds: alone, or in a list, map, set or plain object. Make it once, in the constructor or in build, and hold it in a property; what is private (#layer) must be named: override get sublayers() { return [this.#layer]; }.',
    );
    expect(() => modelOf(new Closure({ name: "c" }))).toThrow(
      'Closure "c" calls Dense "outside", which is no part of it',
    );
    expect(() => modelOf(new InCall({ name: "i" }))).toThrow(
      /InCall "i" calls Dense "dense.*", which is no part of it/,
    );
  });

  it("at the second, if each call makes new layers", async () => {
    await expect(predicted(modelOf(new Anew({ name: "a" })))).rejects.toThrow(
      'Anew "a" has other weights after this call than after its first, so they would be neither trained nor saved.',
    );
  });
});

describe("constructor arguments of a layer without getConfig", () => {
  class Positional extends layers.Layer {
    readonly units: number;
    readonly scale: number;
    readonly inner: layers.Dense;
    constructor(units: number, scale = 2) {
      super();
      this.units = units;
      this.scale = scale;
      this.inner = new layers.Dense(units);
    }
    override call = (inputs: Value, c: layers.CallContext) =>
      ops.multiply(run(c, [this.inner], inputs) as Value, this.scale);
  }
  class Options extends layers.Layer {
    readonly scale: number;
    readonly shiftBy: readonly number[];
    constructor({
      scale = 1,
      shiftBy = [0, "),}"],
      ...rest
    }: layers.LayerOptions & { scale?: number; shiftBy?: (number | string)[] } = {}) {
      super(rest);
      this.scale = scale;
      this.shiftBy = shiftBy as number[];
    }
    override call = (inputs: layers.Inputs) => ops.add(ops.multiply(inputs as Value, this.scale), this.shiftBy[0]!);
  }
  class Bag extends layers.Layer {
    readonly #scale: number;
    constructor(options: layers.LayerOptions & { scale?: number } = {}) {
      super(options);
      this.#scale = options.scale ?? 1;
    }
    override call = (inputs: layers.Inputs) => ops.multiply(inputs as Value, this.#scale);
  }
  class Wider extends layers.Dense {
    readonly scale: number;
    constructor(units: number, scale: number, options: ConstructorParameters<typeof layers.Dense>[1] = {}) {
      super(units, options);
      this.scale = scale;
    }
    override call(inputs: Value): Value {
      return ops.multiply(super.call(inputs), this.scale);
    }
  }

  it.each([
    ["positional", new Positional(3, 5)],
    ["of which some are defaults", new Positional(3)],
    ["in one object", new Options({ scale: 3, shiftBy: [1, 2], name: "mine" })],
    ["in one object that the base takes", new Bag({ scale: 3, trainable: false })],
    ["beside those of a class of Pawl's", new Wider(2, 4, { useBias: false, activation: "relu" })],
  ])("%s come back", async (_how, layer) => {
    const model = modelOf(layer);
    const cls = layer.constructor as typeof layers.Layer;
    for (const ending of [".keras", ".h5"]) {
      const path = join(folder, `arguments${ending}`);
      await model.save(path);
      const loaded = await loadModel(path, { customObjects: { [cls.name]: cls } });
      expect(loaded.layers[1]).toBeInstanceOf(cls);
      expect([loaded.layers[1]!.name, loaded.layers[1]!.trainable]).toEqual([layer.name, layer.trainable]);
      expect(await predicted(loaded)).toEqual(await predicted(model));
    }
  });

  class Private extends layers.Layer {
    readonly #scale: number;
    constructor(scale: number) {
      super();
      this.#scale = scale;
    }
    override call = (inputs: layers.Inputs) => ops.multiply(inputs as Value, this.#scale);
  }
  class Changed extends layers.Layer {
    readonly scale: number;
    constructor(scale: number) {
      super();
      this.scale = 2 * scale;
    }
    override call = (inputs: layers.Inputs) => ops.multiply(inputs as Value, this.scale);
  }
  class Taking extends layers.Layer {
    readonly fn: (value: Value) => Value;
    constructor(fn: (value: Value) => Value) {
      super();
      this.fn = fn;
    }
    override call = (inputs: layers.Inputs) => this.fn(inputs as Value);
  }

  it.each([
    [
      new Private(3),
      'Private "private.*" cannot be saved with the model: its constructor takes scale, which no property of that name keeps',
    ],
    [
      new Changed(3),
      'Changed "changed.*" cannot be saved with the model: its constructor takes scale, which its constructor makes 12 of',
    ],
    [
      new Taking((value) => value),
      'Taking "taking.*" cannot be saved with the model: its constructor takes fn, which files cannot hold',
    ],
  ])("that would not come back are refused (%#)", async (layer, message) => {
    const model = modelOf(layer);
    await expect(model.save(join(folder, "no.keras"))).rejects.toThrow(new RegExp(message));
    await expect(model.save(join(folder, "no.keras"))).rejects.toThrow(
      /Write getConfig and static fromConfig in \w+, or keep each argument/,
    );
    await model.saveWeights(join(folder, "yes.weights.h5"));
  });

  it("saving uses up no names or seeds", async () => {
    setRandomSeed(5);
    const model = modelOf(new Positional(3, 7));
    const next = (): string => new layers.Dense(1).name;
    const before = Number(/\d+$/.exec(next())?.[0]);
    await model.save(join(folder, "names.keras"));
    expect(Number(/\d+$/.exec(next())?.[0])).toBe(before + 1);
    clearRandomSeed();
  });
});

describe("a model with its own call", () => {
  class Called extends Model {
    readonly inner = new layers.Dense(2);
    constructor() {
      super(null, null, { name: "called" });
    }
    override call(inputs: Value, c: layers.CallContext): Value {
      return c.apply(this.inner, inputs);
    }
  }

  it("is built by its first data, and trains", async () => {
    const model = new Called();
    expect(() => model.countParams()).toThrow('Called "called" is not built');
    model.compile({ optimizer: "sgd", loss: "mse" });
    const before = await predicted(model);
    await model.fit(x, random.normal([8, 2], { seed: 3 }), { verbose: 0 });
    expect(await predicted(model)).not.toEqual(before);
    expect(model.weights.map(({ path }) => path.replace(/_\d+/, ""))).toEqual([
      "called/dense/kernel",
      "called/dense/bias",
    ]);
  });

  it("is trained as part of another model", async () => {
    const input = Input({ shape: [4] });
    const model = new Model(input, new Called().apply(input));
    model.compile({ optimizer: "sgd", loss: "mse" });
    const before = await predicted(model);
    await model.fit(x, random.normal([8, 2], { seed: 3 }), { verbose: 0 });
    expect(await predicted(model)).not.toEqual(before);
  });

  it("is refused at compile if it has a step under the name that Keras has for it", () => {
    class Stepping extends Called {
      train_step(): void {}
    }
    expect(() => new Stepping().compile({ loss: "mse" })).toThrow(
      'Stepping "called" has its own train_step, which Pawl does not call. Call it trainStep(batch, step).',
    );
  });
});
