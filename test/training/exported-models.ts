import { type AnyModel, Input, layers, Model, ops, Sequential } from "../../src/index.js";

/** Models that are exported: by this test, and by interop/onnx_files.py for other readers of ONNX. */
export const EXPORTED: Readonly<Record<string, { readonly build: () => AnyModel; readonly dtype?: "int32" }>> = {
  dense: {
    build: () =>
      new Sequential([
        new layers.Dense(4, { activation: "relu", inputShape: [3] }),
        new layers.Dropout(0.5),
        new layers.Dense(2, { activation: "softmax" }),
      ]),
  },
  convolutions: {
    build: () =>
      new Sequential([
        Input({ shape: [8, 8, 2] }),
        new layers.Conv2D(4, 3, { padding: "same", strides: 2 }),
        new layers.BatchNormalization(),
        new layers.Activation("swish"),
        new layers.DepthwiseConv2D(3),
        new layers.MaxPooling2D(2),
        new layers.Conv2DTranspose(2, 3, { strides: 2 }),
        new layers.GlobalAveragePooling2D(),
        new layers.LayerNormalization(),
      ]),
  },
  recurrence: {
    build: () => {
      const ids = Input({ shape: [5], dtype: "int32" });
      const steps = new layers.Embedding(4, 3, { maskZero: true }).apply(ids);
      return new Model(ids, new layers.Dense(2).apply(new layers.LSTM(3).apply(steps)));
    },
    dtype: "int32",
  },
  attention: {
    build: () => {
      const [query, value] = [Input({ shape: [4, 6] }), Input({ shape: [5, 6] })];
      const seen = new layers.MultiHeadAttention(2, 3).apply([query, value]);
      return new Model([query, value], [ops.add(seen, query), new layers.Flatten().apply(seen)]);
    },
  },
};
