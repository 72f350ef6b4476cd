import { describe, expect, test } from "vitest";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import type { Batch, TrainStep } from "../../src/training/index.js";
import { fitInMemory } from "./memory.js";
import { x, y } from "./support.js";

type Activation = "relu" | "tanh";

class Called extends Model {
  readonly hidden: layers.Dense;
  readonly last = new layers.Dense(1);
  constructor(activation: Activation) {
    super();
    this.hidden = new layers.Dense(3, { activation });
  }
  override call(input: Value): Value {
    return this.last.apply(this.hidden.apply(input));
  }
}

class Stepped extends Model {
  readonly net: Sequential;
  constructor(activation: Activation) {
    super();
    this.net = new Sequential([new layers.Dense(3, { activation }), new layers.Dense(1)]);
  }
  override trainStep(batch: Batch, step: TrainStep) {
    const loss = ops.mean(ops.square(ops.subtract(ops.reshape(batch.y, [-1, 1]), this.net.call(batch.x))));
    step.minimize(loss);
    return { loss };
  }
}

class Block extends layers.Layer {
  static override readonly className = "Block";
  readonly activation: Activation;
  readonly inner: layers.Dense;
  constructor(activation: Activation) {
    super();
    this.activation = activation;
    this.inner = new layers.Dense(3, { activation });
  }
  override call(input: Value): Value {
    return this.inner.apply(input);
  }
}

describe("a run whose model has a class of the user's", () => {
  test.each<[string, (activation: Activation) => Model, boolean]>([
    ["with a call", (activation) => new Called(activation), true],
    ["with a step", (activation) => new Stepped(activation), false],
    ["as a layer", (activation) => new Sequential([new Block(activation), new layers.Dense(1)]), true],
  ])("%s is refused when a layer inside the class is another one", async (_, make, hasLoss) => {
    const files = memoryVfs();
    const train = (activation: Activation) => {
      const model = make(activation);
      model.compile({ optimizer: "sgd", ...(hasLoss ? { loss: "mse" } : {}) });
      return fitInMemory(model, x, y, { epochs: 1, batchSize: 8, verbose: 0, run: "r" }, new Map(), files);
    };
    await train("relu");
    await expect(train("tanh")).rejects.toThrow(/activation: was "relu", is "tanh"/);
    await train("relu");
  });
});
