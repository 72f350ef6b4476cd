// A generative adversarial network (DCGAN): one network makes digits, the other tells them from real ones. Stop it
// anywhere and start it again: it goes on with the same noise, as if nothing had happened.
import { type Batch, layers, Model, ops, optimizers, random, Sequential, setRandomSeed, type TrainStep } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(1);
const LATENT = 32;

class Gan extends Model {
  readonly generator = new Sequential([
    new layers.Dense(7 * 7 * 16, { useBias: false, inputShape: [LATENT] }),
    new layers.BatchNormalization(),
    new layers.LeakyReLU(),
    new layers.Reshape([7, 7, 16]),
    new layers.Conv2DTranspose(1, 4, { strides: 2, padding: "same", activation: "sigmoid" }),
  ]);
  readonly discriminator = new Sequential([
    new layers.Conv2D(16, 4, { strides: 2, padding: "same", inputShape: [14, 14, 1] }),
    new layers.LeakyReLU(),
    new layers.Conv2D(32, 4, { strides: 2, padding: "same" }),
    new layers.LeakyReLU(),
    new layers.Flatten(),
    new layers.Dense(1),
  ]);

  override trainStep({ x }: Batch, step: TrainStep) {
    const fake = this.generator.call(step.random("latent", [step.rows, LATENT], "normal"));
    // Binary cross-entropies of logits: those of real digits are to be positive, those of made ones negative.
    const real = ops.mean(ops.softplus(ops.neg(this.discriminator.call(x))));
    const made = ops.mean(ops.softplus(this.discriminator.call(ops.stopGradient(fake))));
    const discriminator = ops.divide(ops.add(real, made), 2);
    step.minimize(discriminator, "discriminator", this.discriminator.trainableWeights);

    const generator = ops.mean(ops.softplus(ops.neg(this.discriminator.call(fake))));
    step.minimize(generator, "generator", this.generator.trainableWeights);
    return { discriminator, generator };
  }
}

const gan = new Gan();
const adam = { learningRate: 2e-4, beta1: 0.5 };
gan.compile({ optimizer: { discriminator: new optimizers.Adam(adam), generator: new optimizers.Adam(adam) } });

const { images } = await digits(640);
await gan.fit(images, { batchSize: 32, epochs: 3, verbose: 2, run: "runs/dcgan" });
const made = await gan.generator.predict(random.normal([16, LATENT], { seed: 1 }));
console.log(`New digits: ${made.shape.join(" x ")}`);
