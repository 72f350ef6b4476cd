import { PRESENT } from "../../src/core/reading.js";
import type { LayerClass, LayerReading, Resolve } from "../../src/layers/index.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import { type AnyFunctional, Functional, Input } from "../../src/network/index.js";

layers.markBuiltIn({ Functional, Sequential });

/**
 * Models by the name of their fixture (test/fixtures/keras/networks.json), which holds the results of the same code in
 * Keras.
 */
export const MODELS: Readonly<Record<string, () => AnyFunctional>> = {
  sequential: sequentialModel,
  deferred: () => new Sequential([new layers.Dense(3), new layers.Dense(1)]),
  built_later: () => {
    const model = new Sequential([new layers.Dense(3), new layers.Dropout(0.5), new layers.Dense(1)], {
      name: "late",
    });
    model.build([null, 5]);
    return model;
  },
  nested_sequential: () => {
    const inner = new Sequential([new layers.Dense(3), new layers.LayerNormalization()], { name: "inner" });
    const known = new Sequential([Input({ shape: [3] }), new layers.Dense(2)], { name: "known" });
    const model = new Sequential([new layers.Dense(4), inner, known, new layers.Dense(1)], { name: "outer" });
    model.build([null, 6]);
    return model;
  },
  first_is_model: () => {
    const inner = new Sequential([Input({ shape: [4] }), new layers.Dense(3)], { name: "inner" });
    return new Sequential([inner, new layers.Dense(2)]);
  },
  two_inputs: () => {
    const [a, b] = [Input({ shape: [3], name: "a" }), Input({ shape: [4], name: "b" })];
    const x = new layers.Concatenate().apply([new layers.Dense(2).apply(a), new layers.Dense(5).apply(b)]);
    return new Functional(
      [a, b],
      [new layers.Dense(1, { name: "left" }).apply(x), new layers.Dense(2, { name: "right" }).apply(x)],
    );
  },
  named_outputs: () => {
    const a = Input({ shape: [3], name: "zebra" });
    const b = Input({ shape: [3], name: "apple" });
    const x = new layers.Add().apply([a, b]);
    return new Functional(
      { zebra: a, apple: b },
      { second: new layers.Dense(1).apply(x), first: new layers.Dense(2).apply(x) },
    );
  },
  shared: () => {
    const [a, b] = [Input({ shape: [4], name: "a" }), Input({ shape: [4], name: "b" })];
    const dense = new layers.Dense(3, { name: "shared" });
    const x = new layers.Subtract().apply([dense.apply(a), dense.apply(b)]);
    return new Functional([a, b], new layers.Dense(1).apply(x));
  },
  shared_depths: () => {
    const x = Input({ shape: [4] });
    const [d, e] = [new layers.Dense(4, { name: "d" }), new layers.Dense(4, { name: "e" })];
    return new Functional(x, d.apply(e.apply(d.apply(x))));
  },
  nested: () => {
    const i = Input({ shape: [3] });
    const inner = new Functional(i, new layers.Dense(3, { name: "core" }).apply(i), { name: "inner" });
    const seq = new Sequential([Input({ shape: [3] }), new layers.Dense(3)], { name: "seq" });
    const x = Input({ shape: [3] });
    const y = inner.apply(seq.apply(inner.apply(x)));
    const z = new layers.Dropout(0.3).apply(y, { training: false });
    return new Functional(x, [z, inner.apply(z)]);
  },
  part_of_another: () => {
    const x = Input({ shape: [4] });
    const h = new layers.Dense(3, { name: "encoder" }).apply(x);
    new Functional(x, new layers.Dense(4, { name: "decoder" }).apply(h));
    const other = new layers.Dense(2, { name: "head" });
    other.apply(h);
    return new Functional(x, other.apply(new layers.Activation("relu").apply(h)));
  },
  middle: () => {
    const x = Input({ shape: [4] });
    const h = new layers.Dense(3, { name: "first" }).apply(x);
    return new Functional(h, new layers.Dense(2, { name: "second" }).apply(h));
  },
  unused_input: () => {
    const [a, b] = [Input({ shape: [2], name: "used" }), Input({ shape: [2], name: "unused" })];
    return new Functional([a, b], new layers.Dense(1).apply(a));
  },
  branches: () => {
    const x = Input({ shape: [6, 6, 2], name: "image" });
    const a = new layers.Conv2D(3, 3, { padding: "same", activation: "relu" }).apply(x);
    const b = new layers.Conv2D(3, 1).apply(x);
    const y = new layers.BatchNormalization().apply(new layers.Add().apply([a, b]));
    const c = new layers.GlobalAveragePooling2D().apply(y);
    const d = new layers.Flatten().apply(new layers.MaxPooling2D().apply(y));
    const dense = new layers.Dense(2, { activation: "softmax" });
    return new Functional(x, dense.apply(new layers.Concatenate().apply([d, c])), { name: "branches" });
  },
  frozen: () => {
    const model = sequentialModel();
    model.layers[0]!.trainable = false;
    return model;
  },
  free_length: () => {
    const x = Input({ shape: [null], dtype: "int32", name: "tokens" });
    const y = new layers.Conv1D(3, 3, { padding: "same" }).apply(new layers.Embedding(10, 4).apply(x));
    return new Functional(x, new layers.Dense(2).apply(new layers.GlobalMaxPooling1D().apply(y)));
  },
};

function sequentialModel(): Sequential {
  return new Sequential([
    Input({ shape: [4] }),
    new layers.Dense(3, { activation: "relu" }),
    new layers.BatchNormalization(),
    new layers.Dense(2),
  ]);
}

/** Finds the classes of these models. */
export const resolve: Resolve = (className, registeredName) => {
  if (className === "Functional") return Functional as unknown as LayerClass;
  if (className === "Sequential") return Sequential as unknown as LayerClass;
  return layers.resolveLayer(className, registeredName);
};

/** Reads current configs with these classes. */
export const reading: LayerReading = { ...PRESENT, resolve };
