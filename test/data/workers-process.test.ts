import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { emitProgram, runNode } from "../support/run-ts.js";

const run = (name: string, source: string) => {
  const file = emitProgram(name, source);
  return runNode(file, dirname(file));
};

describe("workers of the built library", () => {
  test("do not keep a process alive, whatever was left open", async () => {
    const { code, stdout, stderr } = await run(
      "workers-left-open",
      `
import { data } from "pawl";
const records = data.records(Array.from({ length: 500 }, (_, x) => ({ x }))).map(({ x }) => ({ x }), { workers: 2 });
for await (const { x } of records.pass()) if (x === 3) break;
const pass = records.pass();
await pass.next();
const stream = records.batch(4).open({ batchSize: 4, shuffle: false, seed: 0, pass: 0 });
await stream.next();
stream.prepare();
console.log("done");
`,
    );
    expect([code, stdout, stderr]).toEqual([0, "done\n", ""]);
  });

  test("have preprocessing and augmentation layers by module, with the same bits", async () => {
    const layers = emitProgram(
      "workers-layers",
      `
import { compute, layers, ops } from "pawl";
const [scale, flip, vectorize] = [
  new layers.Rescaling(1 / 255),
  new layers.RandomFlip("horizontal"),
  new layers.TextVectorization({ vocabulary: ["good", "bad"], outputSequenceLength: 3 }),
];
export async function prepare({ image, text }, { random }) {
  const value = flip.apply(scale.apply(ops.expandDims(image, 0)), { training: true });
  const flipped = await compute(value, { seed: random.integer(0, 2 ** 31) });
  return { x: flipped.reshape(image.shape), words: vectorize.call([text]).toArray()[0] };
}
`,
    );
    const { code, stdout, stderr } = await run(
      "workers-with-layers",
      `
import { data, Tensor } from "pawl";
const module = ${JSON.stringify(layers)};
const pixels = (i) => Float32Array.from({ length: 12 }, (_, k) => (i * 7 + k * 50) % 255);
const all = data.records(Array.from({ length: 20 }, (_, i) => ({ image: new Tensor(pixels(i), [2, 2, 3]), text: i % 2 ? "good bad" : "odd" })));
const made = [];
for (const workers of [0, 2]) {
  const records = all.map({ module, export: "prepare" }, { workers });
  made.push(JSON.stringify((await records.toArray()).map(({ x, words }) => [x.shape, Array.from(x.data), words])));
  await records.close();
}
const flips = JSON.parse(made[0]).filter(([, x], i) => Math.abs(x[0] - pixels(i)[0] / 255) > 1e-3).length;
console.log(made[0] === made[1], flips > 3 && flips < 17, JSON.parse(made[0])[1][2]);
`,
    );
    expect([code, stdout, stderr]).toEqual([0, "true true [ 2, 3, 0 ]\n", ""]);
  });
});
