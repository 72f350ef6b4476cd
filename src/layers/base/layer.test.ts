import { describe, expect, it, test } from "vitest";
import { resetNames } from "../../core/names.js";
import { PRESENT } from "../../core/reading.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/index.js";
import type { Value } from "../../graph/index.js";
import { interpret } from "../../graph/interpreter/index.js";
import * as ops from "../../ops/index.js";
import { L2 } from "../../regularizers/index.js";
import * as layers from "../index.js";

const input = (...shape: (number | null)[]) => new layers.InputLayer({ shape }).tensor;

/** A layer of a user: own weights, layers inside, alone and in lists. */
class Block extends layers.Layer {
  static override readonly className = "Block";

  readonly first = new layers.Dense(4, { name: "first" });
  readonly rest = [new layers.Dense(4, { name: "second" }), new layers.Dropout(0.5, { name: "drop" })];
  scale!: Variable;

  override build([shape]: readonly Shape[]): void {
    this.scale = this.addWeight("scale", { shape: [shape!.at(-1)!], initializer: "ones" });
    this.addWeight("count", { shape: [], trainable: false });
  }

  override call(x: Value, context: layers.CallContext): Value {
    let y = context.apply(this.first, ops.multiply(x, this.scale.value));
    for (const layer of this.rest) y = context.apply(layer, y);
    return y;
  }
}

test("a user's layer may have its own weights and layers inside", () => {
  resetNames();
  const block = new Block();
  const y = block.apply(input(3));
  expect(y.shape).toEqual([null, 4]);
  expect(block.name).toBe("block");
  expect(block.sublayers.map(({ name }) => name)).toEqual(["first", "second", "drop"]);
  expect(block.weights.map(({ path }) => path)).toEqual([
    "block/scale",
    "block/count",
    "block/first/kernel",
    "block/first/bias",
    "block/second/kernel",
    "block/second/bias",
  ]);
  expect(block.trainableWeights.length).toBe(5);
  expect(block.countParams()).toBe(3 + 1 + 16 + 20);
  block.trainable = false;
  expect(block.trainableWeights).toEqual([]);
  expect(block.rest[0]!.trainable).toBe(false);
  expect(block.nonTrainableWeights.length).toBe(6);
});

test("registered layers are written with their name and made again", () => {
  layers.register(Block);
  const json = layers.serialize(new Block({ name: "mine" }));
  expect(json).toEqual({
    module: null,
    class_name: "Block",
    config: { name: "mine", trainable: true, dtype: expect.anything() },
    registered_name: "Custom>Block",
  });
  expect(layers.resolveLayer("Block", "Custom>Block")).toBe(Block);
});

test("setWeights sets all weights in order, or none", async () => {
  const dense = new layers.Dense(2, { name: "dense" });
  dense.apply(input(3));
  const [kernel, bias] = await dense.getWeights();
  expect([kernel!.shape, bias!.shape]).toEqual([[3, 2], [2]]);
  await dense.setWeights([
    { data: [1, 2, 3, 4, 5, 6], shape: [3, 2] },
    { data: [7, 8], shape: [2] },
  ]);
  expect(dense.kernel.read().tolist()).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  await expect(
    dense.setWeights([
      { data: [0, 0, 0, 0, 0, 0], shape: [3, 2] },
      { data: [0], shape: [1] },
    ]),
  ).rejects.toThrow('Dense "dense" cannot take these weights: "dense/bias" differs. Received: (1,). Expected: (2,).');
  await expect(dense.setWeights([])).rejects.toThrow('Dense "dense" has 2 weights. Received: 0.');
  expect(dense.bias!.read().tolist()).toEqual([7, 8]);
});

test("an input that does not fit is an error that names the layer", () => {
  const dense = new layers.Dense(2, { name: "out" });
  dense.apply(input(3));
  expect(() => dense.apply(input(4))).toThrow(
    'The input of Dense "out" has a shape that it cannot take. Received: (?, 4). Expected: 3 at axis -1. Check the ' +
      "shape of the data and of the layer before.",
  );
  const conv = new layers.Conv2D(2, 3, { name: "conv" });
  expect(() => conv.apply(input(28, 28))).toThrow(
    'The input of Conv2D "conv" has a shape that it cannot take. Received: (?, 28, 28). Expected: 4 dimensions, the ' +
      "batch among them.",
  );
  expect(() => new layers.Dense(2, { name: "free" }).apply(input(null))).toThrow(
    'Dense "free" must know the size of axis -1 of its input to make its weights. Received: (?, ?). Expected: a ' +
      "number at axis -1. Give that dimension in the shape of the Input.",
  );
  expect(() => new layers.Conv2D(2, 5, { name: "wide" }).apply(input(3, 3, 1))).toThrow('Conv2D "wide"');
  expect(() => new layers.Add({ name: "sum" }).apply([input(3), input(4)])).toThrow(
    'Add "sum" takes a list of tensors that broadcast to one shape. Received: (?, 3) and (?, 4).',
  );
  expect(() => new layers.Concatenate({ name: "join" }).apply([input(3, 2), input(4, 3)])).toThrow(
    'Concatenate "join" needs inputs that agree in all axes but -1. Received: (?, 3, 2) and (?, 4, 3).',
  );
  expect(() => new layers.Reshape([5], { name: "re" }).apply(input(4))).toThrow(
    'Reshape "re" cannot make (5) of its input. Received: 4 elements a sample, shape (?, 4). Expected: 5 elements a sample.',
  );
  // @ts-expect-error one tensor, no list
  expect(() => dense.apply([input(3), input(3)])).toThrow('Dense "out" takes one input. Received: 2.');
  // @ts-expect-error one tensor, no list
  expect(() => dense.apply([])).toThrow('Dense "out" can only be applied to what Input() or another layer');
});

test("a layer is built only once", () => {
  const dense = new layers.Dense(2, { name: "dense" });
  dense.build([[null, 3]]);
  dense.build([[null, 3]]);
  expect(dense.weights.map(({ path }) => path)).toEqual(["dense/kernel", "dense/bias"]);
  expect(() => dense.build([[null, 4]])).toThrow(
    'Dense "dense" is built already, for (?, 3). Received: (?, 4). Make a new layer for inputs of another shape.',
  );
});

test("options are checked, with the nearest spelling", () => {
  expect(() => new layers.Dense(2, { unit: 3 } as layers.DenseOptions)).toThrow(
    /Dense has no option "unit"\. Expected: one of name, trainable, dtype.*Did you mean "units"\?/,
  );
  expect(() => new layers.Dense(0)).toThrow("Dense.units must be an integer >= 1. Received: 0.");
  expect(() => new layers.Dense(2, { activation: "reluu" as "relu" })).toThrow('Did you mean "relu"?');
  expect(() => new layers.Conv2D(2, [3, 3, 3])).toThrow(
    "Conv2D.kernelSize must be an integer or a list of 2 integers >= 1",
  );
  expect(() => new layers.Conv2D(4, 3, { groups: 3, name: "g" })).toThrow(
    'The filters of Conv2D "g" must divide into its 3 groups. Received: 4.',
  );
  expect(() => new layers.Dense(2, { name: "a/b" })).toThrow(
    'The name of a layer cannot contain "/". Received: Dense "a/b". Expected: a name without "/". Use "_" or "." instead.',
  );
  expect(() => new layers.InputLayer({ name: "in" })).toThrow(
    'InputLayer "in" needs either shape or batchShape. Received: neither.',
  );
});

test("configs of Keras 2 are understood", () => {
  const make = (className: string, config: object) =>
    layers.deserialize(
      { class_name: className, config: config as never },
      { ...PRESENT, resolve: layers.resolveLayer },
    );
  const dense = make("Dense", {
    name: "dense",
    trainable: true,
    batch_input_shape: [null, 10],
    dtype: "float32",
    units: 4,
    activation: "relu",
    use_bias: true,
    kernel_initializer: { class_name: "GlorotUniform", config: { seed: null } },
    bias_initializer: { class_name: "Zeros", config: {} },
    kernel_regularizer: null,
  });
  expect(dense.knownInputShape).toEqual([null, 10]);
  const normalization = make("BatchNormalization", {
    name: "bn",
    axis: [3],
    momentum: 0.9,
    fused: true,
  }) as layers.BatchNormalization;
  expect(normalization.options.axis).toBe(3);
  const entry = make("InputLayer", { batch_input_shape: [null, 5], dtype: "float32", sparse: false, name: "in" });
  expect((entry as layers.InputLayer).tensor.shape).toEqual([null, 5]);
  expect(make("Embedding", { name: "e", input_dim: 5, output_dim: 2, input_length: 7 }).className).toBe("Embedding");
  expect(() => make("Lambda", { name: "fn" })).toThrow(
    'Lambda "fn": its function "your_function" is not known here, and files hold names and no code. Register it before ' +
      'loading, layers.register("your_function", fn), or give it: loadModel(path, { customObjects: { your_function: fn } }).',
  );
  expect(() => make("Dense", { name: "d", units: -1 })).toThrow(
    'layer: Dense "d" cannot be made from its config. Received: Dense.units must be an integer >= 1. Received: -1.',
  );
});

test("mixed dtype policies are kept in configs", () => {
  const dense = new layers.Dense(2, { dtype: "mixed_float16" });
  expect(dense.getConfig()["dtype"]).toEqual({
    module: "keras",
    class_name: "DTypePolicy",
    config: { name: "mixed_float16" },
    registered_name: null,
  });
  expect(() => new layers.Dense(2, { dtype: "float8" })).toThrow("Dense.dtype must be the name of a dtype policy");
});

test("dimensions that only data decides stay unknown", () => {
  const y = new layers.Conv1D(3, 3).apply(input(null, 2));
  expect(y.shape).toEqual([null, null, 3]);
  expect(new layers.GlobalMaxPooling1D().apply(y).shape).toEqual([null, 3]);
  expect(new layers.Reshape([-1, 6]).apply(y).shape).toEqual([null, null, 6]);
});

test("options of a call are checked and kept", () => {
  const dropout = new layers.Dropout(0.5, { name: "drop" });
  dropout.apply(input(3), { training: false });
  expect(dropout.inboundNodes[0]!.options).toEqual({ training: false });
  expect(() => dropout.apply(input(3), { trainng: false })).toThrow(
    'A call of Dropout "drop" has no option "trainng". Expected: one of training.',
  );
});

test("penalties on activities go into the loss, divided by the rows of the batch", () => {
  const dense = new layers.Dense(2, { activityRegularizer: new L2({ l2: 0.5 }), kernelInitializer: "ones" });
  dense.apply(input(2));
  const x = ops.input("x", [-1, 2]);
  const trace = new layers.CallTrace();
  const options = { training: true, rows: ops.constant(2), trace };
  for (const layer of [dense, new layers.ActivityRegularization({ l1: 2 })]) {
    layers.rootContext(layer, options).apply(layer, x);
  }
  expect(trace.losses.length).toBe(2);
  const feeds = new Map<Value, ArrayLike<number>>([
    [x, [1, 2, -3, 0]],
    ...dense.weights.map((weight) => [weight.value, weight.data] as const),
  ]);
  const [penalty, own] = interpret(trace.losses, { feeds, rows: 2 });
  expect(penalty!.data[0]).toBeCloseTo((0.5 * (9 + 9 + 9 + 9)) / 2, 10);
  expect(own!.data[0]).toBeCloseTo((2 * 6) / 2, 10);
});

describe("traits of a class", () => {
  class Loud extends layers.Conv2D {
    static override readonly traits: layers.LayerTraits = { supportsMasking: true };
  }
  class Quiet extends layers.Dense {
    override get supportsMasking(): boolean {
      return false;
    }
  }

  it("add to those of the class that it extends", () => {
    const loud = new Loud(2, 3);
    expect(loud).toMatchObject({ supportsMasking: true, castsToFloat: true, takesMask: false, className: "Loud" });
    expect(new layers.Conv2D(2, 3).supportsMasking).toBe(false);
  });

  it("give way to a getter of the same name", () => {
    expect(new Quiet(2)).toMatchObject({ supportsMasking: false, castsToFloat: true });
  });
});
