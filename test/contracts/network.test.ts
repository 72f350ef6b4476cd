import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { structureOf } from "../../src/core/grouped.js";
import { resetNames } from "../../src/core/names.js";
import type { Json } from "../../src/core/stateful.js";
import type { Value } from "../../src/graph/index.js";
import { interpret } from "../../src/graph/interpreter/index.js";
import { CallTrace, rootContext } from "../../src/layers/index.js";
import { type AnyFunctional, Functional } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import { isValue } from "../../src/ops/operand.js";
import { firstDifference } from "./close.js";
import type { Described } from "./layer-fixture.js";
import { MODELS, reading, resolve } from "./network.cases.js";

interface Fixture {
  readonly config: { readonly class_name: string; readonly config: { readonly [key: string]: Json } };
  readonly layers: readonly string[];
  readonly weights: readonly (readonly [string, readonly number[]])[];
  readonly trainable: readonly string[];
  readonly nonTrainable: readonly string[];
  readonly summary: string;
  readonly expanded: string;
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[] | null;
  readonly weightValues?: readonly (readonly number[])[];
  readonly inputs?: readonly Described[];
  readonly outputs?: readonly Described[];
}

const path = new URL("../fixtures/keras/networks.json", import.meta.url);
// An input that replaces an intermediate tensor is named after a counter of all tensors in Keras, and after its layer
// in Pawl.
const text = readFileSync(path, "utf8").replaceAll(/keras_tensor_\d+CLONE( \(InputLayer\))?/g, (match, kind = "") =>
  kind === "" ? "firstCLONE" : `firstCLONE${kind}`.padEnd(match.length),
);
const FIXTURES = JSON.parse(text) as Record<string, Fixture>;

beforeEach(resetNames);

test("every fixture has a model", () => {
  expect(Object.keys(MODELS).sort()).toEqual(Object.keys(FIXTURES).sort());
});

describe.each(Object.keys(MODELS))("%s", (name) => {
  const fixture = FIXTURES[name]!;
  const make = () => MODELS[name]!();

  test("has Keras's layers and weights, in order and with names", () => {
    const model = make();
    expect(model.layers.map((layer) => layer.name)).toEqual(fixture.layers);
    expect(model.weights.map((weight) => [weight.path, weight.shape])).toEqual(fixture.weights);
    expect(model.trainableWeights.map((weight) => weight.path)).toEqual(fixture.trainable);
    expect(model.nonTrainableWeights.map((weight) => weight.path)).toEqual(fixture.nonTrainable);
  });

  test("writes Keras's config", () => {
    expect(comparable(make().getConfig())).toEqual(comparable(fixture.config.config));
  });

  test("is rebuilt from Keras's config", () => {
    const cls = resolve(fixture.config.class_name, null)!;
    const model = cls.fromConfig(fixture.config.config, reading) as AnyFunctional;
    expect(model).toBeInstanceOf(Functional);
    expect(comparable(model.getConfig())).toEqual(comparable(fixture.config.config));
    if (!model.wired) return;
    expect(model.weights.map((weight) => weight.shape)).toEqual(fixture.weights.map(([, shape]) => shape));
    expect(outputsOf(model, fixture)).toBeNull();
  });

  test("is rebuilt from its own legacy config", () => {
    const model = make();
    const config = model.getConfig("legacy");
    expect(JSON.stringify(config)).not.toContain('"build_config"');
    const again = resolve(fixture.config.class_name, null)!.fromConfig(config, reading) as AnyFunctional;
    expect(comparable(again.getConfig())).toEqual(comparable(model.getConfig()));
  });

  test("prints Keras's summary", () => {
    const model = make();
    expect(printed(model, {})).toBe(fixture.summary);
    expect(printed(model, { expandNested: true, showTrainable: true })).toBe(fixture.expanded);
  });

  test.runIf(fixture.outputs !== undefined)("computes what Keras computes", () => {
    expect(outputsOf(make(), fixture)).toBeNull();
  });
});

function printed(model: Functional, options: Parameters<Functional["summary"]>[0]): string {
  let text = "";
  const returned = model.summary({
    ...options,
    printFn: (part) => {
      text += part;
    },
  });
  expect(text).toBe(returned);
  return text;
}

/** The first output that differs from Keras's. */
function outputsOf(model: Functional, fixture: Fixture): string | null {
  const { inputs = [], outputs = [], weightValues = [], inputNames, outputNames } = fixture;
  expect(model.inputNames).toEqual(inputNames);
  if (outputNames) expect(model.outputNames).toEqual(outputNames);
  weightValues.forEach((values, i) => {
    model.weights[i]!.write(values);
  });
  const rows = inputs[0]!.shape[0]!;
  const leaves = inputs.map(({ shape }, i) =>
    ops.input(`x${i}`, [-1, ...shape.slice(1)], model.inputs[i]!.dtype === "int32" ? "int32" : "float32"),
  );
  const count = ops.input("rows", [], "float32");
  const context = rootContext(model, { training: false, rows: count, trace: new CallTrace() });
  const given: unknown = (model as AnyFunctional).call(leaves.length === 1 ? leaves[0]! : leaves, context);
  const values = [structureOf(given, isValue)!.row].flat();
  const feeds = new Map<Value, ArrayLike<number> | number>([[count, rows]]);
  leaves.forEach((leaf, i) => {
    feeds.set(leaf, inputs[i]!.data);
  });
  for (const weight of model.weights) feeds.set(weight.value, weight.data);
  const results = interpret(values, { feeds, rows });
  expect(results.length).toBe(outputs.length);
  return results.map(({ data }, i) => firstDifference(data, outputs[i]!.data)).find((difference) => difference) ?? null;
}

/**
 * A config without Keras's incidental entries: the shapes that layers were built with, the (empty) compile arguments of
 * nested models, and ids of shared objects.
 */
function comparable(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(comparable);
  if (typeof json !== "object" || json === null) return json;
  const noted = ["build_config", "compile_config", "shared_object_id"];
  const entries = Object.entries(json).filter(([key]) => !noted.includes(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, comparable(value)]));
}
