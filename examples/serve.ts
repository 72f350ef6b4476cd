// A model behind HTTP: requests that come at once are computed together, and more than may wait are told to come again.
import { serve as listen } from "@hono/node-server";
import { Hono } from "hono";
import { data, layers, PawlError, random, Sequential, serve, setRandomSeed } from "pawl";

setRandomSeed(1);
const model = new Sequential([
  new layers.Dense(64, { activation: "relu", inputShape: [20] }),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
const x = random.normal([512, 20]);
await model.fit(data.arrays({ x, y: random.integers(0, 3, [512]) }).batch(64), { epochs: 2, verbose: 0 });

const server = serve(model, { maxBatch: 64, maxWait: 2, maxQueue: 100 });
const app = new Hono();
app.post("/predict", async (context) => {
  const { row } = await context.req.json();
  return context.json({ answer: (await server.predict(row)).tolist() });
});
app.get("/latency", (context) => context.json(server.latency));
app.onError((error, context) => {
  if (!(error instanceof PawlError)) throw error;
  const isBusy = error.code === "server-busy";
  return context.json({ error: error.message }, isBusy ? 429 : 400, isBusy ? { "Retry-After": "1" } : {});
});

// What clients do: 300 requests at once, of which each that is told so comes again.
const http = listen({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
await new Promise((resolve) => http.once("listening", resolve));
const address = http.address();
const port = address !== null && typeof address === "object" ? address.port : 0;
let refused = 0;
async function ask(i: number): Promise<unknown> {
  const body = JSON.stringify({ row: Array.from(x.at(i).data) });
  const response = await fetch(`http://127.0.0.1:${port}/predict`, { method: "POST", body });
  if (response.status !== 429) return JSON.parse(await response.text()).answer;
  refused++;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return ask(i);
}
const answers = await Promise.all(Array.from({ length: 300 }, (_, i) => ask(i)));
const whole = await model.predict(x, { verbose: 0 });
const equal = answers.filter((answer, i) => JSON.stringify(answer) === JSON.stringify(whole.at(i).tolist())).length;
const { rowsPerBatch, p50, p99 } = server.latency;
console.log(`${equal} of 300 answers equal predict, bit for bit`);
console.log(
  `${rowsPerBatch.toFixed(1)} rows a batch; half within ${p50.toFixed(1)} ms, 99 % within ${p99.toFixed(1)} ms`,
);
console.log(`${refused} were asked to come again`);
http.close();
await server.close();
