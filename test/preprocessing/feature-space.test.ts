import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/core/stateful.js";
import { layers, Model, data as sources, Tensor, utils } from "../../src/index.js";
import { featureSpaceConfig } from "../../src/utils/features/files.js";

const { FeatureSpace } = utils;
const { records } = sources;
const FOLDER = mkdtempSync(join(tmpdir(), "pawl-space-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

interface Case {
  readonly mode: "concat" | "dict";
  readonly output: unknown;
  readonly one: unknown;
  readonly config: Json;
}

/** Made by interop/fixtures/feature_space.py. */
const FIXTURE = JSON.parse(readFileSync(new URL("../fixtures/keras/feature-space.json", import.meta.url), "utf8")) as {
  readonly data: utils.FeatureRecords;
  readonly rows: utils.FeatureRecords;
  readonly cases: readonly Case[];
};

const { data, rows } = FIXTURE;

function make(outputMode: "concat" | "dict") {
  const kinds = Object.fromEntries(Object.keys(data).map((kind) => [kind, kind as utils.FeatureKind]));
  return new FeatureSpace(kinds, {
    outputMode,
    crosses: [
      ["string_categorical", "integer_categorical"],
      FeatureSpace.cross(["float_discretized", "string_hashed"], 5),
    ],
    crossingDim: 7,
    hashingDim: 4,
    numDiscretizationBins: 3,
    name: "space",
  });
}

function same(actual: Tensor | Record<string, Tensor>, expected: unknown): void {
  const pairs =
    actual instanceof Tensor
      ? [[actual, expected] as const]
      : Object.entries(actual).map(([name, tensor]) => [tensor, (expected as Record<string, unknown>)[name]] as const);
  if (!(actual instanceof Tensor)) expect(Object.keys(actual)).toEqual(Object.keys(expected as object));
  for (const [tensor, values] of pairs) {
    const wanted = Tensor.from(values as never);
    expect(tensor.shape).toEqual(wanted.shape);
    wanted.data.forEach((value, i) => {
      expect(Math.abs((tensor.data[i] as number) - value)).toBeLessThan(1e-5);
    });
  }
}

/** Without what Keras has only for building. */
function bare(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(bare);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "build_config");
  return Object.fromEntries(entries.map(([key, item]) => [key, bare(item)]));
}

describe.each(FIXTURE.cases)("a FeatureSpace with outputMode $mode", ({ mode, output, one, config }) => {
  test("encodes rows and single records as Keras, and has its config", async () => {
    const space = make(mode);
    await space.adapt(data);
    same(await space.call(rows), output);
    const record = Object.fromEntries(Object.entries(rows).map(([key, values]) => [key, (values as number[])[1]!]));
    same(await space.call(record), one);
    expect(bare(featureSpaceConfig(space)["config"]!)).toEqual(config);
  });

  test("is saved and loaded with what it has learned", async () => {
    const space = make(mode);
    await space.adapt(data);
    const path = join(FOLDER, `${mode}.keras`);
    await space.save(path);
    const loaded = await FeatureSpace.load(path);
    same(await loaded.call(rows), output);
    expect(bare(featureSpaceConfig(loaded))).toEqual(bare(featureSpaceConfig(space)));
  });
});

test("its inputs and encoded features begin a model", async () => {
  const space = make("concat");
  expect(() => space.getInputs()).toThrow('FeatureSpace "space" has not seen data yet');
  await space.adapt([data, data]);
  const out = new layers.Dense(1).apply(space.getEncodedFeatures() as never);
  const model = new Model(space.getInputs() as never, out as never);
  model.compile({ optimizer: "adam", loss: "mse" });
  const columns = Object.fromEntries(
    Object.entries(rows).map(([key, values]) => [key, (values as number[]).map((v) => [v])]),
  );
  const { history } = await model.fit(columns as never, [[1], [0], [1], [0]], { epochs: 2, verbose: 0 });
  expect(history["loss"]).toHaveLength(2);
});

test("it learns from records what it learns from columns, and batches of records go into its model", async () => {
  const count = (Object.values(data)[0] as readonly unknown[]).length;
  const list = Array.from({ length: count }, (_, i) =>
    Object.fromEntries(Object.entries(data).map(([key, values]) => [key, (values as readonly unknown[])[i]])),
  );
  const [space, other] = [make("concat"), make("concat")];
  await space.adapt(records(list));
  await other.adapt(data);
  same(await space.call(rows), ((await other.call(rows)) as Tensor).tolist());
  const model = new Model(space.getInputs() as never, space.getEncodedFeatures() as never);
  const x = Object.fromEntries(Object.keys(data).map((key) => [key, key]));
  same(
    await model.predict(records(list).batch(3, { x }), { verbose: 0 }),
    ((await space.call(data)) as Tensor).tolist(),
  );
  await expect(space.adapt(records([{ age: 1 }]))).rejects.toMatchObject({ code: "feature-column" });
});

test("it refuses features and records that do not fit", async () => {
  expect(() => new FeatureSpace({})).toThrow("FeatureSpace takes features by their names");
  expect(() => new FeatureSpace({ a: "float_normalised" as never })).toThrow('Did you mean "float_normalized"?');
  expect(() => new FeatureSpace({ a: "float" }, { crosses: [["a", "b"]] })).toThrow(
    "FeatureSpace cannot cross a feature that it does not have. Received: b. Expected: a.",
  );
  const whole = new FeatureSpace({ a: FeatureSpace.stringHashed(3, { outputMode: "int" }) }, { name: "s" });
  await expect(whole.call({ a: ["x"] })).rejects.toThrow(
    'cannot put its features side by side, since "a" is not encoded',
  );
  const space = new FeatureSpace({ a: "float", b: "string_hashed" }, { name: "s" });
  await expect(space.call({ a: [1] })).rejects.toThrow('FeatureSpace "s" has nothing for the feature "b"');
});
