// Denoising diffusion: a network learns to tell the noise in a picture from the picture, at any mixture of the two.
// Starting from noise alone, and taking away what it finds a little at a time, makes new pictures.
import {
  type Batch,
  compute,
  layers,
  Model,
  ops,
  random,
  setRandomSeed,
  type Tensor,
  type TrainStep,
  type Value,
} from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(4);
/** A mixture is an angle: cos of it is how much picture there is, sin how much noise. At the last one hardly any picture. */
const LAST = 1.5;
const silu = { padding: "same", activation: "silu" } as const;

class Diffusion extends Model {
  readonly first = new layers.Conv2D(16, 3, silu);
  readonly clock = new layers.Dense(16);
  readonly second = new layers.Conv2D(16, 3, { ...silu, strides: 2 });
  readonly third = new layers.Conv2DTranspose(16, 4, { ...silu, strides: 2 });
  readonly last = new layers.Conv2D(1, 3, { padding: "same" });

  /** What the network takes for noise in pictures, given their angles. */
  noiseIn(picture: Value, angle: Value): Value {
    const waves = ops.concatenate([ops.sin(angle), ops.cos(angle), ops.cos(ops.multiply(angle, 4))], -1);
    const wide = ops.add(this.first.call(picture), this.clock.call(waves));
    const deep = this.third.call(this.second.call(wide));
    return this.last.call(ops.concatenate([wide, deep], -1));
  }

  override trainStep({ x }: Batch, step: TrainStep) {
    const picture = ops.subtract(ops.multiply(x, 2), 1);
    const noise = step.random("noise", [step.rows, 14, 14, 1], "normal");
    const angle = ops.multiply(step.random("angle", [step.rows, 1, 1, 1], "uniform"), LAST);
    const mixed = ops.add(ops.multiply(picture, ops.cos(angle)), ops.multiply(noise, ops.sin(angle)));
    const loss = ops.mean(ops.square(ops.subtract(this.noiseIn(mixed, angle), noise)));
    step.minimize(loss);
    return { loss };
  }
}

const diffusion = new Diffusion();
diffusion.compile({ optimizer: "adam" });
const { images } = await digits(640);
await diffusion.fit(images, { batchSize: 32, epochs: 3, verbose: 2, run: "runs/diffusion" });

const STEPS = 20;
let picture: Tensor = random.normal([8, 14, 14, 1], { seed: 1 });
for (let i = STEPS; i > 0; i--) {
  const [angle, next] = [(LAST * i) / STEPS, (LAST * (i - 1)) / STEPS];
  const noise = diffusion.noiseIn(ops.constant(picture), ops.full([8, 1, 1, 1], angle));
  const clean = ops.divide(ops.subtract(picture, ops.multiply(noise, Math.sin(angle))), Math.cos(angle));
  picture = await compute(ops.add(ops.multiply(clean, Math.cos(next)), ops.multiply(noise, Math.sin(next))));
}
console.log(`New digits: ${picture.shape.join(" x ")}`);
