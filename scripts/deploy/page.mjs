// What runs in a browser's page: there is no disk, so it trains and predicts.
import { layers, random, Sequential, setRandomSeed } from "pawl";

async function main() {
  setRandomSeed(3);
  const model = new Sequential([
    new layers.Dense(16, { activation: "relu", inputShape: [8] }),
    new layers.Dropout(0.2),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer: "adam", loss: "mse", shards: 2 });
  const [x, y] = [random.normal([256, 8]), random.normal([256, 1])];
  await model.fit(x, y, { epochs: 3, verbose: 0 });
  const { data } = await model.predict(x, { verbose: 0 });
  const bytes = new Uint8Array(data.buffer, data.byteOffset, 8);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const text = await main().then(
  (digest) => `digest ${digest} running on WebAssembly`,
  (error) => `failed: ${error.stack}`,
);
document.body.append(text);
