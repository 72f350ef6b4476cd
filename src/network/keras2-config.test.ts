import { beforeEach, describe, expect, test } from "vitest";
import { resetNames } from "../core/names.js";
import { PRESENT } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as layers from "../layers/index.js";
import { Sequential } from "../model/index.js";
import { Functional } from "./index.js";

beforeEach(resetNames);

const resolve: layers.Resolve = (className, registeredName) => {
  if (className === "Functional" || className === "Model") return Functional as unknown as layers.LayerClass;
  if (className === "Sequential") return Sequential as unknown as layers.LayerClass;
  return layers.resolveLayer(className, registeredName);
};
const reading: layers.LayerReading = { ...PRESENT, age: 2, resolve };

test.each(["Sequential", "Functional"])(
  "an unknown key of the config of a %s itself is refused by name; null is not given",
  (className) => {
    const config = { name: "m", layers: [], input_layers: [], output_layers: [], trainible: false } as const;
    const of = (extra: object): Json => {
      const { input_layers, output_layers, ...chain } = { ...config, ...extra };
      return {
        class_name: className,
        config: className === "Sequential" ? chain : { ...chain, input_layers, output_layers },
      } as Json;
    };
    expect(() => layers.deserialize(of({}), reading)).toThrow(
      /: its config has the key "trainible", which Pawl does not know\. .*Did you mean "trainable"\?/,
    );
    expect(() => layers.deserialize(of({ trainible: null }), reading)).not.toThrow(/trainible/);
  },
);

describe("configs of Keras 2", () => {
  const dense = (name: string, units: number, nodes: Json): Json => ({
    class_name: "Dense",
    config: { name, trainable: true, dtype: "float32", units, activation: "linear", use_bias: true },
    name,
    inbound_nodes: nodes,
  });
  const entry = (name: string, size: number): Json => ({
    class_name: "InputLayer",
    config: { batch_input_shape: [null, size], dtype: "float32", sparse: false, ragged: false, name },
    name,
    inbound_nodes: [],
  });

  test("with calls as lists, shared layers and models inside", () => {
    const inner: Json = {
      class_name: "Functional",
      config: {
        name: "inner",
        layers: [entry("in", 3), dense("core", 3, [[["in", 0, 0, {}]]])],
        input_layers: [["in", 0, 0]],
        output_layers: [["core", 0, 0]],
      },
      name: "inner",
      inbound_nodes: [[["shared", 0, 0, {}]], [["shared", 1, 0, {}]]],
    };
    const model = Functional.fromConfig(
      {
        name: "old",
        layers: [
          entry("a", 2),
          entry("b", 2),
          dense("shared", 3, [[["a", 0, 0, {}]], [["b", 0, 0, {}]]]),
          inner,
          {
            class_name: "Concatenate",
            config: { name: "join", trainable: true, dtype: "float32", axis: -1 },
            name: "join",
            inbound_nodes: [
              [
                ["inner", 1, 0, {}],
                ["inner", 2, 0, {}],
              ],
            ],
          },
        ],
        input_layers: [
          ["a", 0, 0],
          ["b", 0, 0],
        ],
        output_layers: [["join", 0, 0]],
      },
      reading,
    );
    expect(model.outputShape).toEqual([null, 6]);
    expect(model.layers.map(({ name }) => name)).toEqual(["a", "b", "shared", "inner", "join"]);
    expect(model.countParams()).toBe(9 + 12);
  });

  test("with a list for a single input and output, which a nested model does not pass on as one", () => {
    const inner: Json = {
      class_name: "Functional",
      config: {
        name: "inner",
        layers: [entry("in", 2), dense("core", 3, [[["in", 0, 0, {}]]])],
        input_layers: [["in", 0, 0]],
        output_layers: [["core", 0, 0]],
      },
    };
    const model = Sequential.fromConfig({ name: "chain", layers: [inner, dense("last", 1, [])] }, reading);
    model.build([null, 2]);
    expect(model.outputShape).toEqual([null, 1]);
  });

  test("in the oldest form of Sequential, a bare list", () => {
    const model = Sequential.fromConfig(
      [
        { class_name: "Dense", config: { name: "d1", batch_input_shape: [null, 3], units: 2 } },
        { class_name: "Dense", config: { name: "d2", units: 1 } },
      ] as unknown as { [key: string]: Json },
      reading,
    );
    expect(model.outputShape).toEqual([null, 1]);
  });

  test("with connections to nothing are refused", () => {
    const config = (nodes: Json) => ({
      name: "loop",
      layers: [entry("a", 2), dense("x", 2, nodes)],
      input_layers: [["a", 0, 0]],
      output_layers: [["x", 0, 0]],
    });
    expect(() => Functional.fromConfig(config([[["x", 0, 0, {}]]]), reading)).toThrow(
      'model "loop": these layers are called with tensors that never come to be: Dense "x".',
    );
    expect(() => Functional.fromConfig(config([[["y", 0, 0, {}]]]), reading)).toThrow(
      'model "loop": a call refers to the layer "y", which the file does not have.',
    );
    expect(() => Functional.fromConfig(config([{ args: [1], kwargs: {} }]), reading)).toThrow(
      'model "loop": Dense "x": this does not describe a call of a layer.',
    );
    expect(() => Functional.fromConfig({ name: "bare" }, reading)).toThrow(
      'model "bare": its config lacks a list of layers or calls.',
    );
  });
});
