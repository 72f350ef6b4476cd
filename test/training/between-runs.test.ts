import { expect, it } from "vitest";
import { Input, layers, Model, random, setRandomSeed } from "../../src/index.js";

/** Two branches that always get the same gradient, large enough for steps on other threads. */
function twins(): Model {
  const input = Input({ shape: [512] });
  const branch = () => new layers.Dense(768, { kernelInitializer: "ones", useBias: false });
  const [a, b] = [branch().apply(input), branch().apply(input)];
  const output = new layers.Dense(1, { useBias: false }).apply(new layers.Add().apply([a, b]) as typeof a);
  const model = new Model(input, output as typeof a);
  model.compile({ optimizer: "adam", loss: "mse", shards: 2 });
  return model;
}

it("weights read during training all come from the same step", async () => {
  setRandomSeed(1);
  const model = twins();
  const [x, y] = [random.normal([2048, 512], { seed: 1 }), random.normal([2048, 1], { seed: 2 })];
  let going = true;
  const training = model.fit(x, y, { batchSize: 512, epochs: 8, verbose: 0 }).then(() => (going = false));
  const seen = new Set<number>();
  while (going) {
    const [a, b] = await model.getWeights();
    expect(
      Buffer.compare(Buffer.from((a!.data as Float32Array).buffer), Buffer.from((b!.data as Float32Array).buffer)),
    ).toBe(0);
    seen.add(a!.data[0] as number);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await training;
  expect(seen.size).toBeGreaterThan(3);
});
