// A variational autoencoder: its loss has two parts, and both are in the logs. Then digits are decoded from noise.
import { type Batch, Input, layers, losses, Model, ops, random, Sequential, setRandomSeed, type TrainStep } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(3);
const LATENT = 4;
const crossentropy = new losses.BinaryCrossentropy();

const image = Input({ shape: [14, 14, 1] });
const halved = new layers.Conv2D(16, 3, { strides: 2, padding: "same", activation: "relu" }).apply(image);
const features = new layers.Dense(32, { activation: "relu" }).apply(new layers.Flatten().apply(halved));

class Vae extends Model {
  readonly encoder = new Model(image, [
    new layers.Dense(LATENT).apply(features), // mean
    new layers.Dense(LATENT).apply(features), // logarithm of the variance
  ]);
  readonly decoder = new Sequential([
    new layers.Dense(7 * 7 * 16, { activation: "relu", inputShape: [LATENT] }),
    new layers.Reshape([7, 7, 16]),
    new layers.Conv2DTranspose(1, 3, { strides: 2, padding: "same", activation: "sigmoid" }),
  ]);

  override trainStep({ x }: Batch, step: TrainStep) {
    const [mean, logVariance] = this.encoder.call(x);
    const noise = step.random("noise", [step.rows, LATENT], "normal");
    const made = this.decoder.call(ops.add(mean, ops.multiply(noise, ops.exp(ops.divide(logVariance, 2)))));
    const reconstruction = ops.mean(ops.sum(crossentropy.call(x, made), { axes: [1, 2] }));
    const spread = ops.subtract(ops.add(ops.square(mean), ops.exp(logVariance)), ops.add(logVariance, 1));
    const divergence = ops.mean(ops.divide(ops.sum(spread, { axes: [1] }), 2));
    const loss = ops.add(reconstruction, divergence);
    step.minimize(loss);
    return { loss, reconstruction, divergence };
  }
}

const vae = new Vae();
vae.compile({ optimizer: "adam" });

const { images } = await digits(640);
await vae.fit(images, { batchSize: 32, epochs: 3, verbose: 2, run: "runs/vae" });
const made = await vae.decoder.predict(random.normal([16, LATENT], { seed: 1 }));
console.log(`New digits: ${made.shape.join(" x ")}`);
