// jax-js has arrays and gradients but no layers: those of the models, the loss and Adam are written by hand here, for
// stacks of layers without state. Every use of an array but the last one takes a `.ref`, its rule.
import { readFileSync } from "node:fs";
import { dataOf, definition, serve, training } from "./protocol.mjs";

const start = performance.now();
const { defaultDevice, init, jit, lax, nn, numpy: np, random, tree, valueAndGrad } = await import("@jax-js/jax");
const importMs = performance.now() - start;
await init("wasm");
defaultDevice("wasm");

const activate = (x, name) => (name === undefined ? x : nn[name](x));
let keys = 0;
function glorot(shape) {
  const space = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const limit = Math.sqrt(6 / (space * (shape.at(-1) + shape.at(-2))));
  return random.uniform(random.key(keys++), shape, { minval: -limit, maxval: limit });
}

/** By class: (options, input shape without batch) => { weights, shape, call(x, weights, key) }. Images are NCHW. */
const layers = {
  Dense: ({ units, activation }, [size]) => ({
    weights: [glorot([size, units]), np.zeros([units])],
    shape: [units],
    // The last activation belongs to the loss, which wants logits.
    call: (x, [w, b]) => activate(np.matmul(x, w).add(b), activation === "relu" ? "relu" : undefined),
  }),
  Conv2D: ({ filters, kernel_size: k, padding, activation }, [c, h, w]) => {
    if (padding !== undefined) throw new Error("padding is not written for jax-js");
    return {
      weights: [np.transpose(glorot([k, k, c, filters]), [3, 2, 0, 1]), np.zeros([filters, 1, 1])],
      shape: [filters, h - k + 1, w - k + 1],
      call: (x, [w, b]) => activate(lax.conv(x, w, [1, 1], "VALID").add(b), activation),
    };
  },
  MaxPooling2D: ({ pool_size: p }, [c, h, w]) => ({
    weights: [],
    shape: [c, Math.floor(h / p), Math.floor(w / p)],
    call: (x) => lax.reduceWindow(x, np.max, [p, p], [p, p]),
  }),
  Flatten: (_, shape) => ({
    weights: [],
    shape: [shape.reduce((a, b) => a * b, 1)],
    call: (x) => x.reshape([x.shape[0], -1]),
  }),
  Dropout: ({ rate }, shape) => ({
    weights: [],
    shape,
    call: (x, _, key) => {
      const { shape } = x;
      return np.where(random.bernoulli(key, 1 - rate, shape), x.mul(1 / (1 - rate)), 0);
    },
  }),
};

function build(model) {
  let shape = model.inputs[0].shape;
  if (shape.length === 3) shape = [shape[2], shape[0], shape[1]];
  const stack = model.layers.map(({ layer, from, ...options }) => {
    if (layers[layer] === undefined || from !== undefined) throw new Error(`${layer} is not written for jax-js`);
    const made = layers[layer](options, shape);
    shape = made.shape;
    return made;
  });
  const loss = (weights, x, y, key) => {
    let h = x;
    for (const [i, { call }] of stack.entries()) h = call(h, weights[i], key.ref);
    key.dispose();
    const rows = h.shape[0];
    if (model.loss === "binary_crossentropy") {
      const logits = h.reshape([rows]);
      return nn
        .softplus(logits.ref)
        .sub(logits.mul(y))
        .sum()
        .mul(1 / rows);
    }
    return nn
      .logSoftmax(h)
      .mul(nn.oneHot(y, model.labels.classes))
      .sum()
      .mul(-1 / rows);
  };
  const step = jit((weights, m, v, t, x, y, key) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), x, y, key);
    const m2 = tree.map((m, g) => m.mul(0.9).add(g.mul(0.1)), m, tree.ref(gradients));
    const v2 = tree.map((v, g) => v.mul(0.999).add(np.square(g).mul(0.001)), v, gradients);
    const rate = np
      .sqrt(np.subtract(1, np.power(0.999, t.ref)))
      .mul(0.001)
      .div(np.subtract(1, np.power(0.9, t)));
    const next = tree.map(
      (w, m, v) => w.sub(m.mul(rate.ref).div(np.sqrt(v).add(1e-7))),
      weights,
      tree.ref(m2),
      tree.ref(v2),
    );
    rate.dispose();
    return [value, next, m2, v2];
  });
  const weights = stack.map((layer) => layer.weights);
  return {
    step,
    state: [
      weights,
      tree.map((w) => np.zerosLike(w), tree.ref(weights)),
      tree.map((w) => np.zerosLike(w), tree.ref(weights)),
    ],
  };
}

function prepare(model, steps) {
  const { step, state } = build(model);
  const { x, y } = dataOf(model, steps);
  const size = x[0].data.length / steps;
  const [, ...rest] = x[0].shape;
  const shape = rest.length === 3 ? [rest[2], rest[0], rest[1]] : rest;
  let count = 0;
  return async () => {
    for (let i = 0; i < steps; i++) {
      const rows = np.array(x[0].data.slice(i * size, (i + 1) * size)).reshape([model.batch, ...shape]);
      const own = y.data.slice(i * model.batch, (i + 1) * model.batch);
      const labels = np.array(model.loss === "binary_crossentropy" ? Float32Array.from(own) : own);
      const [loss, ...next] = step(...state, np.array(++count, { dtype: np.float32 }), rows, labels, random.key(count));
      state.splice(0, 3, ...next);
      await loss.jsAsync();
    }
  };
}

const { version } = JSON.parse(
  readFileSync(new URL("./node_modules/@jax-js/jax/package.json", import.meta.url), "utf8"),
);
serve(
  { versions: { "jax-js": version }, importMs },
  {
    train: training(prepare),
    first: async ({ model }) => void (await prepare(definition(model), 1)()),
  },
);
