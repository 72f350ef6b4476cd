// A Wasserstein GAN with gradient penalty: a gradient inside of the loss, and five steps of the critic for one of the
// generator. Stopped between two steps of the critic, it goes on in the middle of the five.
import { type Batch, layers, Model, ops, optimizers, random, Sequential, setRandomSeed, type TrainStep } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(2);
const LATENT = 32;

class Wgan extends Model {
  readonly generator = new Sequential([
    new layers.Dense(7 * 7 * 16, { activation: "relu", inputShape: [LATENT] }),
    new layers.Reshape([7, 7, 16]),
    new layers.Conv2DTranspose(1, 4, { strides: 2, padding: "same", activation: "sigmoid" }),
  ]);
  readonly critic = new Sequential([
    new layers.Conv2D(16, 4, { strides: 2, padding: "same", inputShape: [14, 14, 1] }),
    new layers.LeakyReLU(),
    new layers.Conv2D(32, 4, { strides: 2, padding: "same" }),
    new layers.LeakyReLU(),
    new layers.Flatten(),
    new layers.Dense(1),
  ]);

  override trainStep({ x }: Batch, step: TrainStep) {
    const fake = this.generator.call(step.random("noise", [step.rows, LATENT], "normal"));
    const part = step.random("mix", [step.rows, 1, 1, 1], "uniform");
    const mixed = ops.add(x, ops.multiply(part, ops.subtract(fake, x)));
    const slope = ops.l2Norm(ops.gradients(this.critic.call(mixed), mixed), { axes: [1, 2, 3] });
    const penalty = ops.mean(ops.square(ops.subtract(slope, 1)));
    const gap = ops.subtract(ops.mean(this.critic.call(fake)), ops.mean(this.critic.call(x)));
    const critic = ops.add(gap, ops.multiply(penalty, 10));
    step.minimize(critic, "critic", this.critic.trainableWeights);

    const generator = ops.neg(ops.mean(this.critic.call(fake)));
    step.every(5, () => step.minimize(generator, "generator", this.generator.trainableWeights));
    return { critic, generator, penalty };
  }
}

const wgan = new Wgan();
const adam = { learningRate: 2e-4, beta1: 0.5, beta2: 0.9 };
wgan.compile({ optimizer: { critic: new optimizers.Adam(adam), generator: new optimizers.Adam(adam) } });

const { images } = await digits(640);
await wgan.fit(images, { batchSize: 32, epochs: 3, verbose: 2, run: "runs/wgan-gp" });
const made = await wgan.generator.predict(random.normal([16, LATENT], { seed: 1 }));
console.log(`New digits: ${made.shape.join(" x ")}`);
