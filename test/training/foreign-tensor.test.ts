import { expect, test } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";

/** What a tensor of another copy of the package looks like. */
class Foreign {
  readonly data: Tensor["data"];
  readonly shape: readonly number[];

  constructor({ data, shape }: Tensor) {
    this.data = data;
    this.shape = shape;
  }

  *[Symbol.iterator](): Generator<number> {
    yield 1;
  }
}

test("a tensor of another class that can be gone through is data, and no batches", async () => {
  const x = random.normal([8, 3], { seed: 1 });
  const y = random.normal([8, 1], { seed: 2 });
  const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const expected = await model.predict(x, { verbose: 0 });
  expect(await model.predict(new Foreign(x), { verbose: 0 })).toEqual(expected);
  expect(await model.evaluate(new Foreign(x), new Foreign(y), { verbose: 0 })).toEqual(
    await model.evaluate(x, y, { verbose: 0 }),
  );
});
