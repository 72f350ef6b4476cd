// A contender is a process that is asked, a line of JSON at a time, and answers how long it took. Between its turns it
// sleeps, so all contenders share the same minutes of the same machine.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

export const names = ["seed", "mlp", "wide", "convnet", "resnet", "lstm", "transformer"];

/** Recurrent and image nets, which Keras has and the JavaScript libraries have not: measured when asked for. */
export const moreNames = ["gru", "bilstm", "convlstm", "mobilenetv2", "resnet50"];

/** Trainings with steps of their own: own-steps.mjs, own_steps.py. */
export const ownNames = ["wgan", "vae", "dqn"];

/** Models that nobody tuned for: what people bring. Measured with `--wide`, beside the ones above. */
export const wideNames = [
  ...["seed1", "seed8192", "mlp1", "mlp1024", "mlpadamw", "tabular", "tabularauc", "autoencoder", "deep100"],
  ...["embedding", "lstm2x256", "lstmmask", "transformer512", "conv1d", "tcn", "conv3d", "vgg", "unet", "grouped"],
  ...["groupnorm", "separable", "upsample", "conv512", "pointwise1024", "densenet121", "efficientnetb0"],
];

/** What the sides build, each in its own library: see models/. One that is `like` another says only what differs. */
export function definition(name) {
  const { like, ...own } = JSON.parse(readFileSync(new URL(`./models/${name}.json`, import.meta.url), "utf8"));
  return like === undefined ? own : { ...definition(like), ...own };
}

const product = (numbers) => numbers.reduce((a, b) => a * b, 1);

/** Data of a model for some steps: numbers in [0, 1) or whole ones below a bound; labels in turn. keras_worker.py has it too. */
export function dataOf({ inputs, labels, batch }, steps) {
  const rows = batch * steps;
  let state = 12345;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const x = inputs.map(({ shape, below, positions }) => {
    const size = rows * product(shape);
    if (positions) return { data: Int32Array.from({ length: size }, (_, i) => i % shape[0]), shape: [rows, ...shape] };
    const data = below ? new Int32Array(size) : new Float32Array(size);
    for (let i = 0; i < size; i++) data[i] = below ? Math.floor(next() * below) : next();
    return { data, shape: [rows, ...shape] };
  });
  const shape = [rows, ...(labels.shape ?? [])];
  const length = product(shape);
  const data = labels.float
    ? Float32Array.from({ length }, next)
    : Int32Array.from({ length }, (_, i) => i % labels.classes);
  return { x, y: { data, shape } };
}

/** Options spelled as JavaScript spells them. */
export const camel = (options) =>
  Object.fromEntries(
    Object.entries(options).map(([key, value]) => [key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), value]),
  );

/**
 * Wires a model: `make(layer, options)` gives what `apply(made, inputs, callOptions)` is asked with. A layer's input is
 * the layer before it, or what `from` names; `times` such layers follow one another.
 */
export function wire({ layers }, inputs, make, apply) {
  const named = new Map(inputs.map((input, i) => [`input${i}`, input]));
  let last = inputs[0];
  for (const { layer, from, as, call = {}, times = 1, ...options } of layers) {
    for (let time = 0; time < times; time++) {
      const given = from?.map((name) => named.get(name)) ?? [last];
      last = apply(make(layer, options), given.length === 1 ? given[0] : given, call);
    }
    if (as) named.set(as, last);
  }
  return last;
}

/**
 * @param hello versions, and how long the library took to import
 * @param actions by name: (request) => milliseconds, or nothing
 */
export function serve(hello, actions) {
  process.stdout.write(`${JSON.stringify(hello)}\n`);
  createInterface({ input: process.stdin }).on("line", async (line) => {
    let answer;
    try {
      const request = JSON.parse(line);
      const action = actions[request.do];
      if (!action) throw new Error("cannot");
      answer = { ms: await action(request) };
    } catch (error) {
      answer = { error: String(error?.message ?? error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  });
}

export async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** An action that trains an epoch; the first time, it trains another one before that is not timed. */
export function training(prepare) {
  const ready = new Map();
  return async ({ model, steps, isOwn = false }) => {
    const key = `${model} ${isOwn}`;
    if (!ready.has(key)) {
      ready.set(key, await prepare(definition(model), steps, { name: model, isOwn }));
      await ready.get(key)();
    }
    return (await timed(ready.get(key))) / steps;
  };
}
