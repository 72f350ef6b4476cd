import { readFileSync } from "node:fs";
import { layers, Sequential, Tensor } from "../dist/index.js";
import { data, serve } from "./protocol.mjs";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

function build(name) {
  if (name === "seed") {
    return [
      new layers.Dense(10, { activation: "relu", inputShape: [10] }),
      new layers.Dense(1, { activation: "sigmoid" }),
    ];
  }
  if (name === "mlp") {
    return [
      new layers.Dense(512, { activation: "relu", inputShape: [784] }),
      new layers.Dense(512, { activation: "relu" }),
      new layers.Dense(10, { activation: "softmax" }),
    ];
  }
  return [
    new layers.Conv2D(32, 3, { activation: "relu", inputShape: [28, 28, 1] }),
    new layers.MaxPooling2D(2),
    new layers.Conv2D(64, 3, { activation: "relu" }),
    new layers.MaxPooling2D(2),
    new layers.Flatten(),
    new layers.Dropout(0.5),
    new layers.Dense(10, { activation: "softmax" }),
  ];
}

serve({ Pawl: version }, async (name, workload) => {
  const { x, xShape, y, rows } = data(workload);
  const model = new Sequential(build(name));
  const loss = name === "seed" ? "binary_crossentropy" : "sparse_categorical_crossentropy";
  model.compile({ optimizer: "adam", loss, metrics: ["accuracy"] });
  const inputs = new Tensor(x, xShape);
  const labels = new Tensor(y, [rows]);
  return () => model.fit(inputs, labels, { batchSize: workload.batch, epochs: 1, verbose: 0 });
});
