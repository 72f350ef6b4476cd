// Trainings with steps of their own, as their users write them; own_steps.py has the same in Keras on JAX.

/** Numbers in [0, 1), from a seed; their values make no difference to time. */
function uniform(size) {
  let state = 12345;
  const out = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[i] = state / 2 ** 32;
  }
  return out;
}

const half = { strides: 2, padding: "same" };

/** By name: (pawl, batch, steps) -> a compiled model and its data. */
export const ownSteps = {
  wgan({ layers, Model, ops, optimizers, Sequential, Tensor }, batch, steps) {
    class Wgan extends Model {
      generator = new Sequential([
        new layers.Dense(7 * 7 * 64, { activation: "relu", inputShape: [64] }),
        new layers.Reshape([7, 7, 64]),
        new layers.Conv2DTranspose(32, 4, { ...half, activation: "relu" }),
        new layers.Conv2DTranspose(1, 4, { ...half, activation: "sigmoid" }),
      ]);
      critic = new Sequential([
        new layers.Conv2D(32, 4, { ...half, inputShape: [28, 28, 1] }),
        new layers.LeakyReLU({ negativeSlope: 0.2 }),
        new layers.Conv2D(64, 4, half),
        new layers.LeakyReLU({ negativeSlope: 0.2 }),
        new layers.Flatten(),
        new layers.Dense(1),
      ]);
      trainStep({ x }, step) {
        const fake = this.generator.call(step.random("noise", [step.rows, 64], "normal"));
        const part = step.random("mix", [step.rows, 1, 1, 1], "uniform");
        const mixed = ops.add(x, ops.multiply(part, ops.subtract(fake, x)));
        const slope = ops.l2Norm(ops.gradients(this.critic.call(mixed), mixed), { axes: [1, 2, 3] });
        const penalty = ops.mean(ops.square(ops.subtract(slope, 1)));
        const gap = ops.subtract(ops.mean(this.critic.call(fake)), ops.mean(this.critic.call(x)));
        const critic = ops.add(gap, ops.multiply(penalty, 10));
        step.minimize(critic, "critic", this.critic.trainableWeights);
        step.every(5, () => {
          const generator = ops.neg(ops.mean(this.critic.call(fake)));
          step.minimize(generator, "generator", this.generator.trainableWeights);
        });
        return { critic };
      }
    }
    const model = new Wgan();
    const adam = () => new optimizers.Adam({ learningRate: 1e-4 });
    model.compile({ optimizer: { critic: adam(), generator: adam() } });
    return { model, x: new Tensor(uniform(batch * steps * 784), [batch * steps, 28, 28, 1]) };
  },

  vae({ Input, layers, losses, Model, ops, Sequential, Tensor }, batch, steps) {
    const crossentropy = new losses.BinaryCrossentropy();
    const image = Input({ shape: [28, 28, 1] });
    const relu = { ...half, activation: "relu" };
    const second = new layers.Conv2D(64, 3, relu).apply(new layers.Conv2D(32, 3, relu).apply(image));
    const features = new layers.Dense(16, { activation: "relu" }).apply(new layers.Flatten().apply(second));
    class Vae extends Model {
      encoder = new Model(image, [new layers.Dense(2).apply(features), new layers.Dense(2).apply(features)]);
      decoder = new Sequential([
        new layers.Dense(7 * 7 * 64, { activation: "relu", inputShape: [2] }),
        new layers.Reshape([7, 7, 64]),
        new layers.Conv2DTranspose(64, 3, relu),
        new layers.Conv2DTranspose(32, 3, relu),
        new layers.Conv2DTranspose(1, 3, { padding: "same", activation: "sigmoid" }),
      ]);
      trainStep({ x }, step) {
        const [mean, logVariance] = this.encoder.call(x);
        const noise = step.random("noise", [step.rows, 2], "normal");
        const made = this.decoder.call(ops.add(mean, ops.multiply(noise, ops.exp(ops.divide(logVariance, 2)))));
        const reconstruction = ops.mean(ops.sum(crossentropy.call(x, made), { axes: [1, 2] }));
        const spread = ops.subtract(ops.add(ops.square(mean), ops.exp(logVariance)), ops.add(logVariance, 1));
        const loss = ops.add(reconstruction, ops.mean(ops.divide(ops.sum(spread, { axes: [1] }), 2)));
        step.minimize(loss);
        return { loss };
      }
    }
    const model = new Vae();
    model.compile({ optimizer: "adam" });
    return { model, x: new Tensor(uniform(batch * steps * 784), [batch * steps, 28, 28, 1]) };
  },

  dqn({ layers, losses, Model, ops, Sequential, Tensor }, batch, steps) {
    const huber = new losses.Huber();
    const network = () =>
      new Sequential([
        new layers.Dense(128, { activation: "relu", inputShape: [8] }),
        new layers.Dense(128, { activation: "relu" }),
        new layers.Dense(4),
      ]);
    class Dqn extends Model {
      online = network();
      target = network();
      trainStep({ x: moves }, step) {
        const columns = (from, to) => ops.slice(moves, 1, from, to);
        const best = ops.max(this.target.call(columns(10, 18)), { axes: [1], keepDims: true });
        const goal = ops.add(columns(9, 10), ops.multiply(ops.multiply(columns(18, 19), best), 0.99));
        const value = ops.take(this.online.call(columns(0, 8)), ops.squeeze(columns(8, 9), 1));
        const loss = ops.mean(huber.call(goal, ops.expandDims(value, 1)));
        step.minimize(loss, this.online.trainableWeights);
        step.every(10, () => {
          for (const [i, weight] of this.target.weights.entries()) step.assign(weight, this.online.weights[i].value);
        });
        return { loss };
      }
    }
    const model = new Dqn();
    model.compile({ optimizer: "adam" });
    const data = uniform(batch * steps * 19);
    for (let i = 8; i < data.length; i += 19) data[i] = Math.floor(data[i] * 4);
    return { model, x: new Tensor(data, [batch * steps, 19]) };
  },
};

/** A functional model whose training step is its own and does what `compile` would. */
export function withOwnStep({ Model }) {
  return class Stepped extends Model {
    trainStep({ x, y }, step) {
      const yPred = this.call(x);
      const loss = step.loss(y, yPred);
      step.minimize(loss);
      step.metrics(y, yPred);
      return { loss };
    }
  };
}
