import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Input, layers, loadModel, Model, modelFromJSON, ops, Tensor, type Value } from "../../src/index.js";
import type { AnyModel } from "../../src/model/index.js";
import type { FitOptions, TensorsLike } from "../../src/training/index.js";
import { firstDifference } from "../contracts/close.js";
import { kerasFixture } from "../contracts/fixture.js";

interface Array_ {
  readonly shape: number[];
  readonly data: number[];
}
type Nest = Array_ | readonly Nest[] | { readonly [name: string]: Nest };
interface Recorded {
  readonly config: { readonly config: object; readonly compile_config?: object };
  readonly x: TensorsLike;
  readonly y: TensorsLike;
  readonly before: readonly Array_[];
  readonly predicted: Nest;
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: Readonly<Record<string, number>>;
  readonly after: readonly Array_[];
}
const KERAS = kerasFixture<Readonly<Record<string, Recorded>>>("structures");

/** Each array's place and its elements. */
function leaves(value: unknown, at = ""): [string, ArrayLike<number>][] {
  if (typeof value === "object" && value !== null && "data" in value) return [[at, (value as Array_).data]];
  return Object.entries(value as object)
    .flatMap(([key, item]) => leaves(item, `${at}/${key}`))
    .sort();
}

function expectSame(actual: unknown, expected: unknown): void {
  const [a, b] = [leaves(actual), leaves(expected)];
  expect(a.map(([at]) => at)).toEqual(b.map(([at]) => at));
  for (const [i, [at, data]] of a.entries()) expect([at, firstDifference(data, b[i]![1])]).toEqual([at, null]);
}

/** The nodes of Keras, without what is unimportant: order of keys, and the marks of who made it. */
const plain = (config: unknown): unknown =>
  JSON.parse(
    JSON.stringify(config, (key, value) => (["build_config", "compile_config"].includes(key) ? undefined : value)),
  );

async function fromKeras(name: string): Promise<{ model: AnyModel; recorded: Recorded }> {
  const recorded = KERAS[name]!;
  const model: AnyModel = modelFromJSON(JSON.stringify(recorded.config));
  await model.setWeights(recorded.before as never);
  return { model, recorded };
}
const OPTIONS: FitOptions = { epochs: 2, batchSize: 4, shuffle: false, verbose: 0 };

describe.each(Object.keys(KERAS))("%s, a model of real Keras", (name) => {
  test("is written as it was read, key for key", async () => {
    const { model, recorded } = await fromKeras(name);
    expect(plain(model.getConfig())).toEqual(plain(recorded.config.config));
  });

  test("predicts the same, in the structure of its outputs", async () => {
    const { model, recorded } = await fromKeras(name);
    expectSame(await model.predict(recorded.x, { verbose: 0 }), recorded.predicted);
    expectSame(await model.predictOnBatch(recorded.x), recorded.predicted);
  });

  test("trains and evaluates the same, with the same names in its logs", async () => {
    const { model, recorded } = await fromKeras(name);
    const { history } = await model.fit(recorded.x, recorded.y, OPTIONS);
    expect(Object.keys(history).sort()).toEqual(Object.keys(recorded.history).sort());
    for (const [key, values] of Object.entries(recorded.history))
      expect(firstDifference(history[key]!, values)).toBeNull();
    const evaluated = await model.evaluate(recorded.x, recorded.y, { batchSize: 4, verbose: 0 });
    for (const [key, value] of Object.entries(recorded.evaluated))
      expect([key, firstDifference([evaluated[key]!], [value])]).toEqual([key, null]);
    expectSame(await model.getWeights(), recorded.after);
  });

  test("takes its structure from generators, and on one batch", async () => {
    const { model, recorded } = await fromKeras(name);
    const { history } = await model.fit(recorded.x, recorded.y, { ...OPTIONS, batchSize: 6 });
    const again = (await fromKeras(name)).model;
    const batches = function* () {
      yield [recorded.x, recorded.y] as never;
    };
    expect((await again.fit(batches, { epochs: 2, verbose: 0 })).history).toEqual(history);
    const third = (await fromKeras(name)).model;
    const logs = await third.trainOnBatch(recorded.x, recorded.y);
    expect(firstDifference([logs["loss"]!], [history["loss"]![0]!])).toBeNull();
    expect(Object.keys(await third.testOnBatch(recorded.x, recorded.y)).sort()).toEqual(Object.keys(history).sort());
  });

  test("goes through a file, and real Keras predicts the same from it", async () => {
    const { model, recorded } = await fromKeras(name);
    const file = join(mkdtempSync(join(tmpdir(), "pawl-")), "model.keras");
    await model.save(file);
    const loaded: AnyModel = await loadModel(file);
    expectSame(await loaded.predict(recorded.x, { verbose: 0 }), recorded.predicted);
    // Where real Keras is at hand (interop/setup.sh), and somebody asks for it.
    const python = join(import.meta.dirname, "../../interop/.venv/bin/python");
    if (process.env["PAWL_KERAS"] === undefined || !existsSync(python)) return;
    const output = execFileSync(python, [join(import.meta.dirname, "../../interop/fixtures/structures.py"), file], {
      input: JSON.stringify(recorded.x),
      stdio: ["pipe", "pipe", "ignore"],
    });
    const lines = output.toString().trim().split("\n");
    expectSame(JSON.parse(lines.at(-1)!), recorded.predicted);
  });
});

describe("structures of one's own", () => {
  const row = (...numbers: number[]): Tensor => Tensor.from([numbers]);
  const x = { image: row(1, 2), aux: [row(3, 4), row(5, 6)] };

  test("a class whose call takes and gives them is traced for them, and gives them", async () => {
    type Given = { readonly image: Value; readonly aux: readonly [Value, Value] };
    class Mix extends Model<Given, { readonly sum: Value; readonly parts: readonly [Value, Value] }> {
      override call({ image, aux: [a, b] }: Given) {
        return { sum: ops.add(image, a), parts: [a, b] as const };
      }
    }
    const { sum, parts }: { sum: Tensor; parts: [Tensor, Tensor] } = await new Mix().predict(x, { verbose: 0 });
    expect([sum.toArray(), parts[0].toArray(), parts[1].toArray()]).toEqual([[[4, 6]], [[3, 4]], [[5, 6]]]);
  });

  test("a model inside another gives its record to the layers around it", async () => {
    const a = Input({ shape: [2], name: "a" });
    const inner = new Model(
      { a },
      { double: new layers.Rescaling(2).apply(a), half: new layers.Rescaling(0.5).apply(a) },
    );
    const b = Input({ shape: [2], name: "b" });
    const { double, half } = inner.apply({ a: b });
    const outer = new Model(b, new layers.Subtract().apply([double, half]));
    expect((await outer.predict([[2, 4]], { verbose: 0 })).toArray()).toEqual([[3, 6]]);
  });

  test("data of another structure is refused by name", async () => {
    const { model } = await fromKeras("in_one_another");
    await expect(model.predict({ image: [[1, 2]], aux: [row(1, 2, 3)] }, { verbose: 0 })).rejects.toThrow(
      /grouped in another way .* Expected: \{ aux: \[one tensor, one tensor\], image \}/,
    );
    await expect(model.predict({ picture: [[1, 2]] }, { verbose: 0 })).rejects.toThrow(/grouped in another way/);
  });
});
