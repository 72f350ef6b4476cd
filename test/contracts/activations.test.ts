import { describe, expect, it } from "vitest";
import * as catalogue from "../../src/activations/catalogue.js";
import { deserialize, get, register, serialize } from "../../src/activations/index.js";
import { Tensor } from "../../src/core/tensor.js";
import { defaultEngine } from "../../src/engine/index.js";
import { gradFrom, type InputValue, interpret, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { type ActivationByHand, activationCases } from "./activations.cases.js";
import { factorsFor, flat, givenToKeras, paired, type Row, slopes } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";
import { optionsOf } from "./keras-options.js";

interface Case {
  readonly name: string;
  readonly kwargs: Record<string, unknown>;
  readonly serialized: string;
  readonly shape: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly weights: readonly number[];
  readonly dx: readonly number[];
}

const fixture = kerasFixture<readonly Case[]>("activations");
type AnyActivation = (x: Value, options?: object) => Value;

function byHandCase(
  name: string,
  activation: AnyActivation,
  options: object | undefined,
  { x, y }: ActivationByHand,
): Case {
  const { shape, data } = flat(x);
  const weights = factorsFor(data.length);
  const leaf = ops.input("x", shape, "float32");
  const total = ops.sum(
    ops.multiply(activation(leaf, options), ops.reshape(ops.constant(Tensor.from(weights)), shape)),
  );
  const value = (at: readonly number[]): number => interpret([total], { feeds: new Map([[leaf, at]]) })[0]!.data[0]!;
  return { name, kwargs: {}, serialized: name, shape, x: data, y: flat(y).data, weights, dx: slopes(value, data) };
}

describe.each(Object.entries(catalogue))("%s", (name, function_) => {
  const expected = fixture.filter((row) => row.name === name);
  const activation = function_ as AnyActivation;
  const rows = activationCases[name as keyof typeof activationCases] as readonly Row<
    object | undefined,
    ActivationByHand
  >[];
  const cases = paired("activations", name, rows, expected, (options, byHand) =>
    byHandCase(name, activation, options, byHand),
  );

  it("has the options that Keras was given", () => {
    expect(givenToKeras(cases).map((options) => options ?? {})).toEqual(
      expected.map(({ kwargs }) => optionsOf(kwargs)),
    );
  });

  it.each(cases.map(({ options, expected: row }) => [JSON.stringify(options ?? {}), options, row] as const))(
    "gives Keras's values and gradients, %s",
    async (_title, options, row) => {
      const rows = row.shape[0]!;
      const x = ops.input("x", [-1, ...row.shape.slice(1)], "float32");
      const y = activation(x, options);
      expect(y.dtype).toBe("float32");
      const weights = ops.input("weights", y.shape, "float32");
      const [dx] = gradFrom([y], [weights], [x]);
      const feeds = new Map<InputValue, readonly number[]>([
        [x, row.x],
        [weights, row.weights],
      ]);
      const [values, gradient] = interpret([y, dx!], { feeds, rows });
      expect(firstDifference(values!.data, row.y)).toBe(null);
      expect(firstDifference(gradient!.data, row.dx)).toBe(null);

      const engine = await defaultEngine();
      const program = await engine.compile({ name, results: { y, dx: dx! }, updates: new Map(), shards: 2 });
      const trained = await program.run({ rows, feeds, seed: 0, iteration: 0 });
      program.dispose();
      expect(firstDifference(trained["y"]!.data as Float32Array, row.y)).toBe(null);
      expect(firstDifference(trained["dx"]!.data as Float32Array, row.dx)).toBe(null);
    },
  );

  it("is found by its name and saved under Keras's name", () => {
    expect(get(name)).toBe(activation);
    const { serialized } = cases[0]!.expected;
    expect(serialize(get(name))).toBe(serialized);
    expect(deserialize(serialized)).toBe(activation);
    expect(get({ module: "builtins", class_name: "function", config: name, registered_name: "function" })).toBe(
      activation,
    );
  });
});

describe("identifiers of activations", () => {
  it("take null for none, and functions as they are", () => {
    expect(get(null)).toBe(catalogue.linear);
    const mine = (x: Value): Value => ops.multiply(x, 2);
    expect(get(mine)).toBe(mine);
  });

  it("suggest the nearest name", () => {
    expect(() => get("rellu", "Dense.activation")).toThrow(
      /^Dense\.activation: unknown name "rellu"\. Expected: one of .*"celu".*Did you mean "relu"\?$/u,
    );
  });

  it("refuse anything but activations", () => {
    expect(() => get(3 as never, "Dense.activation")).toThrow(
      "Dense.activation must be a name of an activation, a function or null. Received: 3.",
    );
  });

  it("serialize registered functions only", () => {
    const twice = (x: Value): Value => ops.multiply(x, 2);
    expect(() => serialize(twice)).toThrow(/function twice is not registered.*activations\.register/u);
    register("twice", twice);
    expect(serialize(twice)).toBe("Custom>twice");
    expect(deserialize("Custom>twice")).toBe(twice);
    expect(() => register("relu", twice)).toThrow('Another activation is called "relu"');
  });

  it("say that threshold needs its options", () => {
    const x = ops.input("x", [-1], "float32");
    expect(() => get("threshold")(x)).toThrow(/"threshold" has no defaults\. Pass a function/u);
  });

  it("refuse axes of odd size", () => {
    expect(() => catalogue.glu(ops.input("x", [-1, 3], "float32"))).toThrow(
      "glu needs an axis of even size. Received: shape (?, 3), axis -1.",
    );
  });
});
